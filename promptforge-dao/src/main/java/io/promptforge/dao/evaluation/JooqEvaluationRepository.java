package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATIONS;
import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static org.jooq.impl.DSL.avg;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.percentileDisc;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.Columns;
import io.promptforge.dao.internal.Ids;
import io.promptforge.dao.internal.Keyset;
import io.promptforge.dao.internal.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.EvaluationStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;

final class JooqEvaluationRepository implements EvaluationRepository {
    private final TenantSession session;

    JooqEvaluationRepository(TenantSession session) {
        this.session = session;
    }

    @Override
    public Evaluation create(NewEvaluation evaluation) {
        return session.run(dsl -> dsl.insertInto(EVALUATIONS)
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
        return session.run(dsl -> dsl.selectFrom(EVALUATIONS).where(is(id)).fetchOptional(EvaluationRows::evaluation));
    }

    @Override
    public Page<Evaluation> list(UUID projectId, PageRequest page) {
        return session.run(dsl -> new Keyset<>("evaluations of " + projectId, EVALUATIONS.CREATED_AT, EVALUATIONS.ID)
                .fetch(
                        dsl.selectFrom(EVALUATIONS)
                                .where(EVALUATIONS.ORGANIZATION_ID.eq(session.organizationId()))
                                .and(EVALUATIONS.PROJECT_ID.eq(projectId)),
                        page,
                        EvaluationRows::evaluation));
    }

    @Override
    public Evaluation start(UUID id, Instant startedAt) {
        return move(id, EvaluationStatus.RUNNING, EVALUATIONS.STARTED_AT, startedAt);
    }

    @Override
    public Evaluation complete(UUID id, Instant finishedAt) {
        return move(id, EvaluationStatus.COMPLETED, EVALUATIONS.FINISHED_AT, finishedAt);
    }

    @Override
    public Evaluation append(UUID id, List<NewEvaluationResult> results) {
        return session.transaction(tx -> {
            lockRunning(tx, id);
            ResultBatch.insert(tx, id, results);
            return countResults(tx, id);
        });
    }

    @Override
    public Page<EvaluationResult> results(UUID evaluationId, PageRequest page) {
        return session.run(
                dsl -> new Keyset<>("results of " + evaluationId, EVALUATION_RESULTS.TEST_NAME, EVALUATION_RESULTS.ID)
                        .fetch(
                                dsl.selectFrom(EVALUATION_RESULTS).where(belongsTo(evaluationId)),
                                page,
                                EvaluationRows::result));
    }

    @Override
    public EvaluationSummary summary(UUID id) {
        Evaluation evaluation = find(id).orElseThrow(() -> new NotFoundException("evaluation", id));
        Field<Duration> medianLatency = percentileDisc(inline(0.5))
                .withinGroupOrderBy(EVALUATION_RESULTS.LATENCY_US)
                .coerce(EVALUATION_RESULTS.LATENCY_US);
        Field<BigDecimal> tokens = sum(coalesce(EVALUATION_RESULTS.INPUT_TOKENS, 0L))
                .plus(sum(coalesce(EVALUATION_RESULTS.OUTPUT_TOKENS, 0L)));
        return session.run(dsl -> dsl.select(medianLatency, tokens, sum(EVALUATION_RESULTS.COST))
                .from(EVALUATION_RESULTS)
                .where(belongsTo(id))
                .fetchSingle(row -> new EvaluationSummary(
                        evaluation.totalTests(),
                        evaluation.passedTests(),
                        evaluation.failedTests(),
                        evaluation.averageScore(),
                        Optional.ofNullable(row.value1()),
                        row.value2() == null ? 0 : row.value2().longValueExact(),
                        row.value3() == null ? BigDecimal.ZERO : Columns.plain(row.value3()))));
    }

    /** The database knows which transitions are legal; only one to the same status would pass it unseen. */
    private Evaluation move(UUID id, EvaluationStatus to, Field<Instant> stamp, Instant at) {
        Optional<Evaluation> moved = session.run(dsl -> dsl.update(EVALUATIONS)
                .set(EVALUATIONS.STATUS, to)
                .set(stamp, at)
                .where(is(id))
                .and(EVALUATIONS.STATUS.ne(to))
                .returning()
                .fetchOptional(EvaluationRows::evaluation));
        return moved.orElseThrow(() -> find(id).isPresent()
                ? new IllegalTransitionException("The evaluation " + id + " is already " + to + ".", null)
                : new NotFoundException("evaluation", id));
    }

    /** Writers of one evaluation take turns, so that the totals are counted over the results of all. */
    private void lockRunning(TenantSession tx, UUID id) {
        EvaluationStatus status = tx.run(dsl -> dsl.select(EVALUATIONS.STATUS)
                        .from(EVALUATIONS)
                        .where(is(id))
                        .forUpdate()
                        .fetchOptional(EVALUATIONS.STATUS))
                .orElseThrow(() -> new NotFoundException("evaluation", id));
        if (status != EvaluationStatus.RUNNING) {
            throw new IllegalTransitionException(
                    "The evaluation " + id + " is " + status + "; only a running one takes results.", null);
        }
    }

    private Evaluation countResults(TenantSession tx, UUID id) {
        return tx.run(dsl -> dsl.update(EVALUATIONS)
                .set(
                        row(
                                EVALUATIONS.TOTAL_TESTS,
                                EVALUATIONS.PASSED_TESTS,
                                EVALUATIONS.FAILED_TESTS,
                                EVALUATIONS.AVERAGE_SCORE),
                        select(
                                        count(),
                                        count().filterWhere(EVALUATION_RESULTS.PASSED),
                                        count().filterWhere(EVALUATION_RESULTS.PASSED.isFalse()),
                                        avg(EVALUATION_RESULTS.SCORE))
                                .from(EVALUATION_RESULTS)
                                .where(belongsTo(id)))
                .where(is(id))
                .returning()
                .fetchSingle(EvaluationRows::evaluation));
    }

    private Condition is(UUID id) {
        return EVALUATIONS.ORGANIZATION_ID.eq(session.organizationId()).and(EVALUATIONS.ID.eq(id));
    }

    private Condition belongsTo(UUID evaluationId) {
        return EVALUATION_RESULTS
                .ORGANIZATION_ID
                .eq(session.organizationId())
                .and(EVALUATION_RESULTS.EVALUATION_ID.eq(evaluationId));
    }
}
