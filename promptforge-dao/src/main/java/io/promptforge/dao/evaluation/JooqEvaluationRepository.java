package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATIONS;
import static org.jooq.impl.DSL.noCondition;

import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.Keyset;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.LegacyRowUpdate;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.jooq.tables.records.EvaluationsRecord;
import io.promptforge.schema.type.EvaluationStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** The evaluations themselves; their results have classes of their own. */
final class JooqEvaluationRepository implements EvaluationRepository {
    private final TenantSession session;
    private final JooqEvaluationResults results;
    private final JooqEvaluationSummaries summaries;

    JooqEvaluationRepository(TenantSession session) {
        this.session = session;
        this.results = new JooqEvaluationResults(session);
        this.summaries = new JooqEvaluationSummaries(session);
    }

    @Override
    public Evaluation create(NewEvaluation evaluation) {
        Check.present("evaluation", evaluation);
        return session.write(dsl -> dsl.insertInto(EVALUATIONS)
                .set(EVALUATIONS.ORGANIZATION_ID, session.organizationId())
                .set(EVALUATIONS.ID, Ids.next())
                .set(EVALUATIONS.PROJECT_ID, evaluation.projectId())
                .set(EVALUATIONS.NAME, evaluation.name())
                .set(EVALUATIONS.DESCRIPTION, evaluation.description())
                .set(EVALUATIONS.TYPE, evaluation.type())
                .set(EVALUATIONS.CONFIGURATION, Columns.jsonb(evaluation.configuration()))
                .set(EVALUATIONS.DATASET_ID, evaluation.datasetId())
                .set(EVALUATIONS.PROMPT_ID, evaluation.promptId())
                .set(EVALUATIONS.PROMPT_VERSION_ID, evaluation.promptVersionId())
                .set(EVALUATIONS.MODEL_ID, evaluation.modelId())
                .set(EVALUATIONS.CREATED_BY, evaluation.createdBy())
                .returning()
                .fetchSingle(EvaluationRows::evaluation));
    }

    @Override
    public Optional<Evaluation> find(UUID id) {
        Check.present("id", id);
        return session.run(dsl -> dsl.selectFrom(EVALUATIONS).where(is(id)).fetchOptional(EvaluationRows::evaluation));
    }

    @Override
    public Page<Evaluation> list(EvaluationFilter filter, EvaluationOrder order, PageRequest page) {
        Check.present("filter", filter);
        Check.present("order", order);
        Check.present("page", page);
        List<?> list = List.of("evaluations", session.organizationId(), filter, order);
        Keyset keyset =
                switch (order) {
                    case NEWEST_FIRST -> Keyset.descending(list, EVALUATIONS.CREATED_AT, EVALUATIONS.ID);
                    case OLDEST_FIRST -> Keyset.ascending(list, EVALUATIONS.CREATED_AT, EVALUATIONS.ID);
                };
        return session.run(dsl -> keyset.fetch(
                dsl,
                dsl.selectFrom(EVALUATIONS)
                        .where(EVALUATIONS.ORGANIZATION_ID.eq(session.organizationId()))
                        .and(letsThrough(filter)),
                page,
                EvaluationRows::evaluation));
    }

    @Override
    public Evaluation update(UUID id, EvaluationChanges changes) {
        Check.present("id", id);
        Check.present("changes", changes);
        return EvaluationRows.evaluation(new LegacyRowUpdate<>(EVALUATIONS, "evaluation", is(id), id)
                .apply(session.session(), changes.asChanges()));
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
        EvaluationsRecord running = in(EvaluationStatus.RUNNING);
        running.setStartedAt(Check.instant("started_at", startedAt));
        return move(id, running);
    }

    @Override
    public Evaluation complete(UUID id, Instant finishedAt) {
        EvaluationsRecord completed = in(EvaluationStatus.COMPLETED);
        completed.setFinishedAt(Check.instant("finished_at", finishedAt));
        return move(id, completed);
    }

    @Override
    public Evaluation fail(UUID id, Instant finishedAt, String errorMessage) {
        EvaluationsRecord failed = in(EvaluationStatus.FAILED);
        failed.setFinishedAt(Check.instant("finished_at", finishedAt));
        failed.setErrorMessage(Check.text("error_message", errorMessage));
        return move(id, failed);
    }

    @Override
    public Evaluation cancel(UUID id, Instant finishedAt, @Nullable String reason) {
        EvaluationsRecord cancelled = in(EvaluationStatus.CANCELLED);
        cancelled.setFinishedAt(Check.instant("finished_at", finishedAt));
        cancelled.setErrorMessage(Check.optionalText("error_message", reason));
        return move(id, cancelled);
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
    public Page<EvaluationResult> results(UUID evaluationId, ResultFilter filter, ResultOrder order, PageRequest page) {
        return results.list(evaluationId, filter, order, page);
    }

    @Override
    public Page<EvaluationResult> resultsWithPayloads(
            UUID evaluationId, ResultFilter filter, ResultOrder order, PageRequest page) {
        return results.listWithPayloads(evaluationId, filter, order, page);
    }

    @Override
    public EvaluationSummary summary(UUID id) {
        return summaries.summary(id);
    }

    @Override
    public EvaluationComparison compare(UUID baseId, UUID candidateId, ComparisonFilter filter, PageRequest page) {
        return summaries.compare(baseId, candidateId, filter, page);
    }

    private static EvaluationsRecord in(EvaluationStatus status) {
        EvaluationsRecord changes = new EvaluationsRecord();
        changes.setStatus(status);
        return changes;
    }

    /** The database knows which transitions are legal; only one to the same status would pass it unseen. */
    private Evaluation move(UUID id, EvaluationsRecord changes) {
        Check.present("id", id);
        Optional<Evaluation> moved = session.write(dsl -> dsl.update(EVALUATIONS)
                .set(changes)
                .where(is(id))
                .and(EVALUATIONS.STATUS.ne(changes.getStatus()))
                .returning()
                .fetchOptional(EvaluationRows::evaluation));
        return moved.orElseThrow(() -> find(id).isPresent()
                ? IllegalTransitionException.already("evaluation", id, changes.getStatus())
                : new NotFoundException("evaluation", id));
    }

    private Condition is(UUID id) {
        return EVALUATIONS.ORGANIZATION_ID.eq(session.organizationId()).and(EVALUATIONS.ID.eq(id));
    }

    private static Condition letsThrough(EvaluationFilter filter) {
        return noCondition()
                .and(filter.projectId().map(EVALUATIONS.PROJECT_ID::eq).orElse(noCondition()))
                .and(filter.promptId().map(EVALUATIONS.PROMPT_ID::eq).orElse(noCondition()))
                .and(filter.promptVersionId()
                        .map(EVALUATIONS.PROMPT_VERSION_ID::eq)
                        .orElse(noCondition()))
                .and(filter.modelId().map(EVALUATIONS.MODEL_ID::eq).orElse(noCondition()))
                .and(filter.types().isEmpty() ? noCondition() : EVALUATIONS.TYPE.in(filter.types()))
                .and(filter.statuses().isEmpty() ? noCondition() : EVALUATIONS.STATUS.in(filter.statuses()))
                .and(filter.createdFrom().map(EVALUATIONS.CREATED_AT::ge).orElse(noCondition()))
                .and(filter.createdBefore().map(EVALUATIONS.CREATED_AT::lt).orElse(noCondition()))
                .and(filter.text().map(EVALUATIONS.NAME::containsIgnoreCase).orElse(noCondition()));
    }
}
