package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.SortOrder;
import io.promptforge.dao.internal.query.SortOrders;
import java.util.Map;
import java.util.UUID;

/** The lists of evaluation results: what each criterion of a filter is in SQL, and the orders. */
final class EvaluationResultList {
    static final Criterion<UUID> EVALUATION_ID = new Criterion<>("evaluation_id");

    private static final Conditions CONDITIONS = Conditions.ofTenant(EVALUATION_RESULTS.ORGANIZATION_ID)
            .equal(EVALUATION_ID, EVALUATION_RESULTS.EVALUATION_ID)
            .anyOf(ResultFilter.OUTCOME, EvaluationResultRows.OUTCOME)
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

    static final ListQuery<EvaluationResult> LIST =
            new ListQuery<>("results", EVALUATION_RESULTS, CONDITIONS, EvaluationResultRows.RESULT);

    static final ListQuery<EvaluationResult> LIST_WITH_PAYLOADS =
            new ListQuery<>("results", EVALUATION_RESULTS, CONDITIONS, EvaluationResultRows.RESULT_WITH_PAYLOAD);

    private EvaluationResultList() {}
}
