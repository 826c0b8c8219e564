package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATIONS;

import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.RowUpdate;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.EvaluationStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** Stores evaluations by jOOQ. */
public final class JooqEvaluationRepository implements EvaluationRepository {
    private final TenantSession session;
    private final JooqEvaluationResults results;

    /** The evaluations of a session's tenant. */
    public JooqEvaluationRepository(TenantSession session) {
        this.session = session;
        this.results = new JooqEvaluationResults(session);
    }

    @Override
    public Evaluation create(NewEvaluation evaluation) {
        Check.present("evaluation", evaluation);
        return session.write(dsl -> EvaluationRows.EVALUATION.fetchSingle(dsl.insertInto(EVALUATIONS)
                .set(EVALUATIONS.ORGANIZATION_ID, session.organizationId())
                .set(EVALUATIONS.ID, Ids.next())
                .set(evaluation.values().of(EVALUATIONS))
                .returning(EvaluationRows.EVALUATION.fields())));
    }

    @Override
    public Optional<Evaluation> find(UUID id) {
        Check.present("id", id);
        return session.run(dsl -> EvaluationRows.EVALUATION.fetchOptional(
                dsl.select(EvaluationRows.EVALUATION.fields()).from(EVALUATIONS).where(is(id))));
    }

    @Override
    public Map<UUID, Evaluation> findAll(Collection<UUID> ids) {
        return RowsById.fetch(
                session, EVALUATIONS, EVALUATIONS.ORGANIZATION_ID, EVALUATIONS.ID, ids, EvaluationRows.EVALUATION);
    }

    @Override
    public Page<Evaluation> list(EvaluationFilter filter, EvaluationOrder order, PageRequest page) {
        return EvaluationList.LIST.page(
                session, Check.present("filter", filter).criteria(), EvaluationList.ORDERS.get(order), page);
    }

    @Override
    public long count(EvaluationFilter filter) {
        return EvaluationList.LIST.count(
                session, Check.present("filter", filter).criteria());
    }

    @Override
    public Evaluation update(UUID id, EvaluationChanges changes) {
        Check.present("id", id);
        Check.present("changes", changes);
        return new RowUpdate<>(EVALUATIONS, EvaluationRows.EVALUATION, "evaluation", is(id), id)
                .apply(session.session(), changes.changes());
    }

    @Override
    public void delete(UUID id) {
        Check.present("id", id);
        int deleted =
                session.write(dsl -> dsl.deleteFrom(EVALUATIONS).where(is(id)).execute());
        if (deleted == 0) {
            throw new NotFoundException("evaluation", id);
        }
    }

    @Override
    public Evaluation start(UUID id, Instant startedAt) {
        return move(
                id,
                EvaluationStatus.RUNNING,
                ColumnValues.none().with("started_at", Check.instant("started_at", startedAt)));
    }

    @Override
    public Evaluation complete(UUID id, Instant finishedAt) {
        return move(id, EvaluationStatus.COMPLETED, finished(finishedAt));
    }

    @Override
    public Evaluation fail(UUID id, Instant finishedAt, String errorMessage) {
        return move(
                id,
                EvaluationStatus.FAILED,
                finished(finishedAt).with("error_message", Check.text("error_message", errorMessage)));
    }

    @Override
    public Evaluation cancel(UUID id, Instant finishedAt, @Nullable String reason) {
        return move(
                id,
                EvaluationStatus.CANCELLED,
                finished(finishedAt).with("error_message", Check.optionalText("error_message", reason)));
    }

    private static ColumnValues finished(Instant finishedAt) {
        return ColumnValues.none().with("finished_at", Check.instant("finished_at", finishedAt));
    }

    /** The database refuses illegal transitions; one to the present status is refused here, because the database sees no change. */
    private Evaluation move(UUID id, EvaluationStatus to, ColumnValues values) {
        Check.present("id", id);
        Optional<Evaluation> moved =
                session.write(dsl -> EvaluationRows.EVALUATION.fetchOptional(dsl.update(EVALUATIONS)
                        .set(values.with("status", to).of(EVALUATIONS))
                        .where(is(id))
                        .and(EVALUATIONS.STATUS.ne(to))
                        .returning(EvaluationRows.EVALUATION.fields())));
        return moved.orElseThrow(() -> find(id).isPresent()
                ? IllegalTransitionException.already("evaluation", id, to)
                : new NotFoundException("evaluation", id));
    }

    @Override
    public Evaluation append(UUID id, List<NewEvaluationResult> batch) {
        return results.append(id, batch);
    }

    @Override
    public Optional<EvaluationResult> findResult(UUID id) {
        return results.find(id);
    }

    @Override
    public Map<UUID, EvaluationResult> findAllResults(Collection<UUID> ids) {
        return results.findAll(ids);
    }

    @Override
    public Page<EvaluationResult> results(UUID evaluationId, ResultFilter filter, ResultOrder order, PageRequest page) {
        return results.list(EvaluationResultList.LIST, evaluationId, filter, order, page);
    }

    @Override
    public Page<EvaluationResult> resultsWithPayloads(
            UUID evaluationId, ResultFilter filter, ResultOrder order, PageRequest page) {
        return results.list(EvaluationResultList.LIST_WITH_PAYLOADS, evaluationId, filter, order, page);
    }

    @Override
    public long countResults(UUID evaluationId, ResultFilter filter) {
        return results.count(evaluationId, filter);
    }

    @Override
    public EvaluationSummary summary(UUID id) {
        Check.present("id", id);
        return session.run(dsl -> SummaryRows.SUMMARY.fetchOptional(dsl.select(SummaryRows.SUMMARY.fields())
                        .from(SummaryRows.query(session.organizationId(), id).asTable("summary"))))
                .flatMap(summary -> summary)
                .orElseThrow(() -> new NotFoundException("evaluation", id));
    }

    @Override
    public EvaluationComparison compare(UUID baseId, UUID candidateId, ComparisonFilter filter, PageRequest page) {
        return new JooqEvaluationComparison(session).compare(baseId, candidateId, filter, page);
    }

    private Condition is(UUID id) {
        return EVALUATIONS.ORGANIZATION_ID.eq(session.organizationId()).and(EVALUATIONS.ID.eq(id));
    }
}
