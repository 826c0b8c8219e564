package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.query.SortOrder;
import io.promptforge.dao.internal.query.SortOrders;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;

/** How results of evaluations are read: rows to records, the conditions of the filter, and the orders of the list. */
final class EvaluationResultRows {
    static final Criterion<UUID> EVALUATION_ID = new Criterion<>("evaluation_id");

    private static final Field<ResultOutcome> OUTCOME = EVALUATION_RESULTS.PASSED.convert(
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
    private static final RowReader<EvaluationResult> RESULT = RowReader.of(FIELDS, row -> result(row, false));

    static final RowReader<EvaluationResult> RESULT_WITH_PAYLOAD = RowReader.of(
            FIELDS.and(EVALUATION_RESULTS.INPUT, EVALUATION_RESULTS.EXPECTED_OUTPUT, EVALUATION_RESULTS.ACTUAL_OUTPUT),
            row -> result(row, true));

    private static final Conditions CONDITIONS = Conditions.ofTenant(EVALUATION_RESULTS.ORGANIZATION_ID)
            .equal(EVALUATION_ID, EVALUATION_RESULTS.EVALUATION_ID)
            .anyOf(ResultFilter.OUTCOME, OUTCOME)
            .atLeast(ResultFilter.MIN_SCORE, EVALUATION_RESULTS.SCORE)
            .where(ResultFilter.MAX_SCORE, EVALUATION_RESULTS.SCORE.getDataType(), EVALUATION_RESULTS.SCORE::le)
            .mentions(ResultFilter.TEXT, EVALUATION_RESULTS.TEST_NAME, EVALUATION_RESULTS.ERROR_MESSAGE);

    static final SortOrders<ResultOrder> ORDERS = new SortOrders<>(
            ResultOrder.class,
            Map.of(
                    ResultOrder.BY_TEST_NAME,
                            SortOrder.ascending(EVALUATION_RESULTS.TEST_NAME, EVALUATION_RESULTS.REPETITION),
                    ResultOrder.WORST_FIRST,
                            SortOrder.ascending(EVALUATION_RESULTS.SCORE, EVALUATION_RESULTS.ID)
                                    .where(EVALUATION_RESULTS.SCORE.isNotNull()),
                    ResultOrder.BEST_FIRST,
                            SortOrder.descending(EVALUATION_RESULTS.SCORE, EVALUATION_RESULTS.ID)
                                    .where(EVALUATION_RESULTS.SCORE.isNotNull())));

    static final ListQuery<EvaluationResult> LIST = new ListQuery<>("results", EVALUATION_RESULTS, CONDITIONS, RESULT);

    static final ListQuery<EvaluationResult> LIST_WITH_PAYLOADS =
            new ListQuery<>("results", EVALUATION_RESULTS, CONDITIONS, RESULT_WITH_PAYLOAD);

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
