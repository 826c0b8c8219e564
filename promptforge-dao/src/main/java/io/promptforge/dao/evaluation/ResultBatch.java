package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.RowArrays;
import io.promptforge.schema.jooq.tables.records.EvaluationResultsRecord;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jooq.Field;

/** Inserts a batch of results; leaves those that are stored already, by test name and repetition, as they are. */
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

    static void insert(TenantSession tx, UUID evaluationId, List<NewEvaluationResult> results) {
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
        tx.run(dsl -> batch.insert(dsl)
                .onConflict(
                        EVALUATION_RESULTS.ORGANIZATION_ID,
                        EVALUATION_RESULTS.EVALUATION_ID,
                        EVALUATION_RESULTS.TEST_NAME,
                        EVALUATION_RESULTS.REPETITION)
                .doNothing()
                .execute());
    }
}
