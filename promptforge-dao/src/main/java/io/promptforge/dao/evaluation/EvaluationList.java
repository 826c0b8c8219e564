package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATIONS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.SortOrder;
import io.promptforge.dao.internal.query.SortOrders;
import java.util.Map;

/** The lists of evaluations: what each criterion of a filter is in SQL, and the orders. */
final class EvaluationList {
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

    static final ListQuery<Evaluation> LIST =
            new ListQuery<>("evaluations", EVALUATIONS, CONDITIONS, EvaluationRows.EVALUATION);

    private EvaluationList() {}
}
