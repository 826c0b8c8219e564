package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATIONS;
import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.RowArrays;
import io.promptforge.schema.jooq.tables.records.EvaluationResultsRecord;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jooq.CommonTableExpression;
import org.jooq.Field;
import org.jooq.InsertReturningStep;
import org.jooq.impl.SQLDataType;

/** Adds a batch of results to an evaluation; leaves those that are stored already, by test name and repetition, as they are. */
final class ResultBatch {
    private static final List<Field<?>> FIELDS = List.of(
            EVALUATION_RESULTS.ORGANIZATION_ID,
            EVALUATION_RESULTS.ID,
            EVALUATION_RESULTS.EVALUATION_ID,
            EVALUATION_RESULTS.TEST_NAME,
            EVALUATION_RESULTS.REPETITION,
            EVALUATION_RESULTS.INPUT,
            EVALUATION_RESULTS.EXPECTED_OUTPUT,
            EVALUATION_RESULTS.ACTUAL_OUTPUT,
            EVALUATION_RESULTS.SCORE,
            EVALUATION_RESULTS.PASSED,
            EVALUATION_RESULTS.LATENCY_US,
            EVALUATION_RESULTS.INPUT_TOKENS,
            EVALUATION_RESULTS.OUTPUT_TOKENS,
            EVALUATION_RESULTS.COST,
            EVALUATION_RESULTS.METRICS,
            EVALUATION_RESULTS.ERROR_MESSAGE,
            EVALUATION_RESULTS.TRACE_ID);

    private ResultBatch() {}

    /** Inserts the results that are not stored yet, and adds what they add to the totals of the evaluation, by one statement. */
    static Evaluation add(TenantSession tx, UUID evaluationId, List<NewEvaluationResult> results) {
        CommonTableExpression<?> added = name("added")
                .as(insert(tx, evaluationId, results).returning(EVALUATION_RESULTS.PASSED, EVALUATION_RESULTS.SCORE));
        Field<Boolean> isPassed = field(name("added", "passed"), EVALUATION_RESULTS.PASSED.getDataType());
        Field<BigDecimal> score = field(name("added", "score"), EVALUATION_RESULTS.SCORE.getDataType());
        Field<Integer> passed = field(name("more", "passed"), SQLDataType.INTEGER);
        Field<Integer> failed = field(name("more", "failed"), SQLDataType.INTEGER);
        Field<Integer> scored = field(name("more", "scored"), SQLDataType.INTEGER);
        Field<BigDecimal> scores = field(name("more", "scores"), SQLDataType.NUMERIC);
        return tx.run(dsl -> EvaluationRows.EVALUATION.fetchSingle(dsl.with(added)
                .update(EVALUATIONS)
                .set(
                        EVALUATIONS.TOTAL_TESTS,
                        EVALUATIONS.TOTAL_TESTS.plus(passed).plus(failed))
                .set(EVALUATIONS.PASSED_TESTS, EVALUATIONS.PASSED_TESTS.plus(passed))
                .set(EVALUATIONS.FAILED_TESTS, EVALUATIONS.FAILED_TESTS.plus(failed))
                .set(EVALUATIONS.SCORED_TESTS, EVALUATIONS.SCORED_TESTS.plus(scored))
                .set(EVALUATIONS.SCORE_SUM, EVALUATIONS.SCORE_SUM.plus(scores))
                .from(select(
                                count().filterWhere(isPassed).as("passed"),
                                count().filterWhere(isPassed.isFalse()).as("failed"),
                                count(score).as("scored"),
                                coalesce(sum(score), BigDecimal.ZERO).as("scores"))
                        .from(added)
                        .asTable("more"))
                .where(EVALUATIONS.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(EVALUATIONS.ID.eq(evaluationId))
                .returning(EvaluationRows.EVALUATION.fields())));
    }

    private static InsertReturningStep<EvaluationResultsRecord> insert(
            TenantSession tx, UUID evaluationId, List<NewEvaluationResult> results) {
        RowArrays<EvaluationResultsRecord> batch = new RowArrays<>(EVALUATION_RESULTS, FIELDS);
        for (NewEvaluationResult result : results) {
            ResultFields fields = result.fields();
            batch.add(Arrays.asList(
                    tx.organizationId(),
                    Ids.next(),
                    evaluationId,
                    fields.testName,
                    fields.repetition,
                    Columns.jsonbOrNull(fields.input),
                    Columns.jsonbOrNull(fields.expectedOutput),
                    Columns.jsonbOrNull(fields.actualOutput),
                    fields.score,
                    fields.outcome == ResultOutcome.PASSED,
                    fields.latency,
                    fields.inputTokens,
                    fields.outputTokens,
                    fields.cost,
                    Columns.jsonb(fields.metrics),
                    fields.errorMessage,
                    fields.traceId));
        }
        return batch.insert(tx.session().renderer())
                .onConflict(
                        EVALUATION_RESULTS.ORGANIZATION_ID,
                        EVALUATION_RESULTS.EVALUATION_ID,
                        EVALUATION_RESULTS.TEST_NAME,
                        EVALUATION_RESULTS.REPETITION)
                .doNothing();
    }
}
