package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import java.util.Optional;
import org.jooq.Field;

/** Maps rows to results of evaluations. */
final class EvaluationResultRows {
    static final Field<ResultOutcome> OUTCOME = EVALUATION_RESULTS.PASSED.convert(
            ResultOutcome.class,
            passed -> passed ? ResultOutcome.PASSED : ResultOutcome.FAILED,
            outcome -> outcome == ResultOutcome.PASSED);

    private static final Selection FIELDS = Selection.of(
            EVALUATION_RESULTS.ID,
            EVALUATION_RESULTS.EVALUATION_ID,
            EVALUATION_RESULTS.TEST_NAME,
            EVALUATION_RESULTS.REPETITION,
            OUTCOME,
            EVALUATION_RESULTS.SCORE,
            EVALUATION_RESULTS.LATENCY_US,
            EVALUATION_RESULTS.INPUT_TOKENS,
            EVALUATION_RESULTS.OUTPUT_TOKENS,
            EVALUATION_RESULTS.COST,
            EVALUATION_RESULTS.METRICS,
            EVALUATION_RESULTS.ERROR_MESSAGE,
            EVALUATION_RESULTS.TRACE_ID,
            EVALUATION_RESULTS.CREATED_AT);

    /** Reads a result without its payload. */
    static final RowReader<EvaluationResult> RESULT = RowReader.of(FIELDS, row -> result(row, false));

    static final RowReader<EvaluationResult> RESULT_WITH_PAYLOAD = RowReader.of(
            FIELDS.and(EVALUATION_RESULTS.INPUT, EVALUATION_RESULTS.EXPECTED_OUTPUT, EVALUATION_RESULTS.ACTUAL_OUTPUT),
            row -> result(row, true));

    private EvaluationResultRows() {}

    private static EvaluationResult result(ResultRow row, boolean withPayload) {
        return new EvaluationResult(
                row.take(EVALUATION_RESULTS.ID),
                row.take(EVALUATION_RESULTS.EVALUATION_ID),
                row.take(EVALUATION_RESULTS.TEST_NAME),
                row.take(EVALUATION_RESULTS.REPETITION),
                row.take(OUTCOME),
                row.takeOptionalNumber(EVALUATION_RESULTS.SCORE),
                row.takeOptional(EVALUATION_RESULTS.LATENCY_US),
                row.takeOptionalLong(EVALUATION_RESULTS.INPUT_TOKENS),
                row.takeOptionalLong(EVALUATION_RESULTS.OUTPUT_TOKENS),
                row.takeOptionalNumber(EVALUATION_RESULTS.COST),
                row.takeJson(EVALUATION_RESULTS.METRICS),
                row.takeOptional(EVALUATION_RESULTS.ERROR_MESSAGE),
                row.takeOptional(EVALUATION_RESULTS.TRACE_ID),
                row.take(EVALUATION_RESULTS.CREATED_AT),
                withPayload ? Optional.of(payload(row)) : Optional.empty());
    }

    private static ResultPayload payload(ResultRow row) {
        return new ResultPayload(
                row.takeOptionalJson(EVALUATION_RESULTS.INPUT),
                row.takeOptionalJson(EVALUATION_RESULTS.EXPECTED_OUTPUT),
                row.takeOptionalJson(EVALUATION_RESULTS.ACTUAL_OUTPUT));
    }
}
