package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import java.util.Optional;

/** Maps rows to results of evaluations. */
final class EvaluationResultRows {
    private static final Selection FIELDS = Selection.of(
            EVALUATION_RESULTS.ID,
            EVALUATION_RESULTS.PROJECT_ID,
            EVALUATION_RESULTS.EVALUATION_ID,
            EVALUATION_RESULTS.TEST_NAME,
            EVALUATION_RESULTS.VARIANT,
            EVALUATION_RESULTS.REPETITION,
            EVALUATION_RESULTS.OUTCOME,
            EVALUATION_RESULTS.SCORE,
            EVALUATION_RESULTS.SCORES,
            EVALUATION_RESULTS.LATENCY_US,
            EVALUATION_RESULTS.INPUT_TOKENS,
            EVALUATION_RESULTS.OUTPUT_TOKENS,
            EVALUATION_RESULTS.COST,
            EVALUATION_RESULTS.METRICS,
            EVALUATION_RESULTS.ERROR_MESSAGE,
            EVALUATION_RESULTS.MODEL_ID,
            EVALUATION_RESULTS.PROMPT_VERSION_ID,
            EVALUATION_RESULTS.EVALUATOR_ID,
            EVALUATION_RESULTS.EVALUATOR_VERSION_ID,
            EVALUATION_RESULTS.TRACE_ID,
            EVALUATION_RESULTS.REPLACED_AT,
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
                row.take(EVALUATION_RESULTS.PROJECT_ID),
                row.takeOptional(EVALUATION_RESULTS.EVALUATION_ID),
                row.take(EVALUATION_RESULTS.TEST_NAME),
                Optional.of(row.take(EVALUATION_RESULTS.VARIANT)).filter(variant -> !variant.isEmpty()),
                row.take(EVALUATION_RESULTS.REPETITION),
                row.take(EVALUATION_RESULTS.OUTCOME),
                row.takeOptionalNumber(EVALUATION_RESULTS.SCORE),
                Documents.scores(row.takeJson(EVALUATION_RESULTS.SCORES)),
                row.takeOptional(EVALUATION_RESULTS.LATENCY_US),
                row.takeOptionalLong(EVALUATION_RESULTS.INPUT_TOKENS),
                row.takeOptionalLong(EVALUATION_RESULTS.OUTPUT_TOKENS),
                row.takeOptionalNumber(EVALUATION_RESULTS.COST),
                row.takeJson(EVALUATION_RESULTS.METRICS),
                row.takeOptional(EVALUATION_RESULTS.ERROR_MESSAGE),
                row.takeOptional(EVALUATION_RESULTS.MODEL_ID),
                row.takeOptional(EVALUATION_RESULTS.PROMPT_VERSION_ID),
                row.takeOptional(EVALUATION_RESULTS.EVALUATOR_ID),
                row.takeOptional(EVALUATION_RESULTS.EVALUATOR_VERSION_ID),
                row.takeOptional(EVALUATION_RESULTS.TRACE_ID),
                row.takeOptional(EVALUATION_RESULTS.REPLACED_AT),
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
