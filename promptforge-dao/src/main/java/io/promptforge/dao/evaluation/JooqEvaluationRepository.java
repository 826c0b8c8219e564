package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATIONS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.when;

import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Moments;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.ListInsert;
import io.promptforge.dao.internal.write.RowUpdate;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.jooq.tables.records.EvaluationsRecord;
import io.promptforge.schema.type.EvaluationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.UpdateConditionStep;
import org.jspecify.annotations.Nullable;

/** Stores evaluations by jOOQ. */
public final class JooqEvaluationRepository implements EvaluationRepository {
    private static final ListInsert<?, Evaluation> LIST =
            new ListInsert<>(EVALUATIONS, EvaluationRows.EVALUATION, Evaluation::id);

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
    public List<Evaluation> create(List<NewEvaluation> evaluations) {
        return LIST.all(session, "evaluations", Check.list("evaluations", evaluations), NewEvaluation::values);
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
        return run(
                id,
                Check.instant("started_at", startedAt),
                EVALUATIONS.STATUS.in(EvaluationStatus.PENDING, EvaluationStatus.FAILED, EvaluationStatus.CANCELLED),
                "only one that is pending, failed or cancelled can be started");
    }

    @Override
    public Evaluation reopen(UUID id, Instant reopenedAt) {
        return run(
                id,
                Check.instant("reopened_at", reopenedAt),
                EVALUATIONS.STATUS.eq(EvaluationStatus.COMPLETED),
                "only a completed one can be reopened");
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

    private Evaluation run(UUID id, Instant at, Condition allowed, String rule) {
        Check.present("id", id);
        Field<Instant> moment = Moments.immutable(at, EVALUATIONS.STARTED_AT);
        return moved(
                id,
                dsl -> dsl.update(EVALUATIONS)
                        .set(EVALUATIONS.STATUS, EvaluationStatus.RUNNING)
                        .set(EVALUATIONS.STARTED_AT, coalesce(EVALUATIONS.STARTED_AT, moment))
                        .setNull(EVALUATIONS.FINISHED_AT)
                        .setNull(EVALUATIONS.CLOCK_SKEW_US)
                        .setNull(EVALUATIONS.ERROR_MESSAGE)
                        .set(EVALUATIONS.EARLIER_ENDS, withEnd(moment))
                        .where(is(id))
                        .and(allowed),
                present -> present.status() == EvaluationStatus.RUNNING
                        ? IllegalTransitionException.already("evaluation", id, present.status())
                        : IllegalTransitionException.requires("evaluation", id, present.status(), rule));
    }

    /** The earlier ends with the present one, if it has ended. */
    private Field<JSONB> withEnd(Field<Instant> resumedAt) {
        return when(EVALUATIONS.FINISHED_AT.isNull(), EVALUATIONS.EARLIER_ENDS)
                .otherwise(field(
                        "{0} || {1}({2}, {3}, {4}, {5})",
                        EVALUATIONS.EARLIER_ENDS.getDataType(),
                        EVALUATIONS.EARLIER_ENDS,
                        name(session.session().schema(), "evaluation_end"),
                        EVALUATIONS.STATUS,
                        EVALUATIONS.FINISHED_AT,
                        EVALUATIONS.ERROR_MESSAGE,
                        resumedAt));
    }

    /** What a reported end sets: the clocks of two machines differ, so it may be before the start, and is stored as the start then. */
    private static ColumnValues finished(Instant finishedAt) {
        return ColumnValues.none().with("finished_at", Check.instant("finished_at", finishedAt));
    }

    /** The database refuses illegal transitions; one to the present status is refused here, because the database sees no change. */
    private Evaluation move(UUID id, EvaluationStatus to, ColumnValues values) {
        Check.present("id", id);
        Map<Field<?>, @Nullable Object> set = values.with("status", to).of(EVALUATIONS);
        Instant end = values.get("finished_at");
        if (end != null) {
            Field<Instant> given = Moments.immutable(end, EVALUATIONS.FINISHED_AT);
            set.put(EVALUATIONS.FINISHED_AT, greatest(EVALUATIONS.STARTED_AT, given));
            set.put(EVALUATIONS.CLOCK_SKEW_US, microseconds(given, EVALUATIONS.STARTED_AT));
        }
        return moved(
                id,
                dsl -> dsl.update(EVALUATIONS).set(set).where(is(id)).and(EVALUATIONS.STATUS.ne(to)),
                present -> IllegalTransitionException.already("evaluation", id, to));
    }

    /** From a moment to a later one; null if the other is not later. */
    private static Field<Duration> microseconds(Field<Instant> from, Field<Instant> to) {
        return field(
                "CASE WHEN {1} > {0} THEN (EXTRACT(EPOCH FROM {1} - {0}) * 1000000)::bigint END",
                EVALUATIONS.CLOCK_SKEW_US.getDataType(), from, to);
    }

    private Evaluation moved(
            UUID id,
            Function<DSLContext, UpdateConditionStep<EvaluationsRecord>> update,
            Function<Evaluation, PromptForgeException> refusal) {
        Optional<Evaluation> moved = session.write(dsl -> EvaluationRows.EVALUATION.fetchOptional(
                update.apply(dsl).returning(EvaluationRows.EVALUATION.fields())));
        return moved.orElseThrow(() -> find(id).map(refusal).orElseGet(() -> new NotFoundException("evaluation", id)));
    }

    @Override
    public AppendedResults append(UUID id, List<NewEvaluationResult> batch) {
        return append(id, batch, IfDifferent.REPLACE_ERRORS);
    }

    @Override
    public AppendedResults append(UUID id, List<NewEvaluationResult> batch, IfDifferent ifDifferent) {
        return results.append(id, batch, ifDifferent);
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
                        .from(SummaryRows.query(session.organizationId(), id, Optional.empty())
                                .asTable("summary"))))
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
