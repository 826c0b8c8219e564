package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATIONS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.query.SortOrder;
import io.promptforge.dao.internal.query.SortOrders;
import java.util.Map;

/** How evaluations are read: rows to records, the conditions of the filter, and the orders of the list. */
final class EvaluationRows {
    static final RowReader<Evaluation> EVALUATION = RowReader.of(
            Selection.of(
                    EVALUATIONS.ID,
                    EVALUATIONS.PROJECT_ID,
                    EVALUATIONS.NAME,
                    EVALUATIONS.DESCRIPTION,
                    EVALUATIONS.TYPE,
                    EVALUATIONS.STATUS,
                    EVALUATIONS.CONFIGURATION,
                    EVALUATIONS.DATASET_ID,
                    EVALUATIONS.PROMPT_ID,
                    EVALUATIONS.PROMPT_VERSION_ID,
                    EVALUATIONS.MODEL_ID,
                    EVALUATIONS.TOTAL_TESTS,
                    EVALUATIONS.PASSED_TESTS,
                    EVALUATIONS.FAILED_TESTS,
                    EVALUATIONS.AVERAGE_SCORE,
                    EVALUATIONS.ERROR_MESSAGE,
                    EVALUATIONS.STARTED_AT,
                    EVALUATIONS.FINISHED_AT,
                    EVALUATIONS.CREATED_BY,
                    EVALUATIONS.CREATED_AT,
                    EVALUATIONS.UPDATED_AT),
            EvaluationRows::evaluation);

    private static final Conditions CONDITIONS = Conditions.ofTenant(EVALUATIONS.ORGANIZATION_ID)
            .equal(EvaluationFilter.PROJECT_ID, EVALUATIONS.PROJECT_ID)
            .equal(EvaluationFilter.PROMPT_ID, EVALUATIONS.PROMPT_ID)
            .equal(EvaluationFilter.PROMPT_VERSION_ID, EVALUATIONS.PROMPT_VERSION_ID)
            .equal(EvaluationFilter.MODEL_ID, EVALUATIONS.MODEL_ID)
            .anyOf(EvaluationFilter.TYPE, EVALUATIONS.TYPE)
            .anyOf(EvaluationFilter.STATUS, EVALUATIONS.STATUS)
            .atLeast(EvaluationFilter.CREATED_FROM, EVALUATIONS.CREATED_AT)
            .lessThan(EvaluationFilter.CREATED_BEFORE, EVALUATIONS.CREATED_AT)
            .mentions(EvaluationFilter.TEXT, EVALUATIONS.NAME);

    static final SortOrders<EvaluationOrder> ORDERS = new SortOrders<>(
            EvaluationOrder.class,
            Map.of(
                    EvaluationOrder.NEWEST_FIRST, SortOrder.descending(EVALUATIONS.CREATED_AT, EVALUATIONS.ID),
                    EvaluationOrder.OLDEST_FIRST, SortOrder.ascending(EVALUATIONS.CREATED_AT, EVALUATIONS.ID)));

    static final ListQuery<Evaluation> LIST = new ListQuery<>("evaluations", EVALUATIONS, CONDITIONS, EVALUATION);

    private EvaluationRows() {}

    private static Evaluation evaluation(ResultRow row) {
        return new Evaluation(
                row.take(EVALUATIONS.ID),
                row.take(EVALUATIONS.PROJECT_ID),
                row.take(EVALUATIONS.NAME),
                row.takeOptional(EVALUATIONS.DESCRIPTION),
                row.take(EVALUATIONS.TYPE),
                row.take(EVALUATIONS.STATUS),
                row.takeJson(EVALUATIONS.CONFIGURATION),
                row.takeOptional(EVALUATIONS.DATASET_ID),
                row.takeOptional(EVALUATIONS.PROMPT_ID),
                row.takeOptional(EVALUATIONS.PROMPT_VERSION_ID),
                row.takeOptional(EVALUATIONS.MODEL_ID),
                row.take(EVALUATIONS.TOTAL_TESTS),
                row.take(EVALUATIONS.PASSED_TESTS),
                row.take(EVALUATIONS.FAILED_TESTS),
                row.takeOptionalNumber(EVALUATIONS.AVERAGE_SCORE),
                row.takeOptional(EVALUATIONS.ERROR_MESSAGE),
                row.takeOptional(EVALUATIONS.STARTED_AT),
                row.takeOptional(EVALUATIONS.FINISHED_AT),
                row.takeOptional(EVALUATIONS.CREATED_BY),
                row.take(EVALUATIONS.CREATED_AT),
                row.take(EVALUATIONS.UPDATED_AT));
    }
}
