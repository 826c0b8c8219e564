package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATIONS;
import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static io.promptforge.schema.jooq.Tables.EVALUATORS;
import static io.promptforge.schema.jooq.Tables.EVALUATOR_VERSIONS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.SortOrder;
import io.promptforge.dao.internal.query.SortOrders;
import io.promptforge.schema.type.EvaluatorKind;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;

/** The lists of evaluation results: what each criterion of a filter is in SQL, and the orders. */
final class EvaluationResultList {
    static final Conditions CONDITIONS = Conditions.ofTenant(EVALUATION_RESULTS.ORGANIZATION_ID)
            .inlined(
                    ResultFilter.REPLACED,
                    replaced -> replaced
                            ? EVALUATION_RESULTS.REPLACED_AT.isNotNull()
                            : EVALUATION_RESULTS.REPLACED_AT.isNull())
            .equal(ResultFilter.EVALUATION_ID, EVALUATION_RESULTS.EVALUATION_ID)
            .equal(ResultFilter.PROJECT_ID, EVALUATION_RESULTS.PROJECT_ID)
            .equal(ResultFilter.TRACE_ID, EVALUATION_RESULTS.TRACE_ID)
            .equal(ResultFilter.EVALUATOR_ID, EVALUATION_RESULTS.EVALUATOR_ID)
            .inlined(ResultFilter.EVALUATOR_KIND, EvaluationResultList::ofKind)
            .where(ResultFilter.CATEGORY, EVALUATORS.CATEGORY.getDataType(), EvaluationResultList::ofCategory)
            .where(
                    ResultFilter.JUDGE_MODEL,
                    EVALUATOR_VERSIONS.JUDGE_MODEL.getDataType(),
                    EvaluationResultList::judgedBy)
            .anyOf(ResultFilter.OUTCOME, EVALUATION_RESULTS.OUTCOME)
            .equal(ResultFilter.VARIANT, EVALUATION_RESULTS.VARIANT)
            .atLeast(ResultFilter.MIN_SCORE, EVALUATION_RESULTS.SCORE)
            .where(ResultFilter.MAX_SCORE, EVALUATION_RESULTS.SCORE.getDataType(), EVALUATION_RESULTS.SCORE::le)
            .atLeast(ResultFilter.CREATED_FROM, EVALUATION_RESULTS.CREATED_AT)
            .lessThan(ResultFilter.CREATED_BEFORE, EVALUATION_RESULTS.CREATED_AT)
            .mentions(ResultFilter.TEXT, EVALUATION_RESULTS.TEST_NAME, EVALUATION_RESULTS.ERROR_MESSAGE)
            .mentions(ResultFilter.EVALUATION_NAME, EvaluationResultList::nameOfEvaluation)
            .mentions(ResultFilter.TRACE_NAME, EvaluationResultList::nameOfTrace);

    /** Of the results of one evaluation. */
    static final SortOrders<ResultOrder> ORDERS = new SortOrders<>(
            ResultOrder.class,
            Map.of(
                    ResultOrder.BY_TEST_NAME,
                    SortOrder.ascending(
                            EVALUATION_RESULTS.TEST_NAME,
                            EVALUATION_RESULTS.VARIANT,
                            EVALUATION_RESULTS.REPETITION,
                            EVALUATION_RESULTS.ID),
                    ResultOrder.WORST_FIRST,
                    byScore(SortOrder.ascending(EVALUATION_RESULTS.SCORE, EVALUATION_RESULTS.ID)),
                    ResultOrder.BEST_FIRST,
                    byScore(SortOrder.descending(EVALUATION_RESULTS.SCORE, EVALUATION_RESULTS.ID))));

    /** Of results over all evaluations. */
    static final SortOrders<ResultListOrder> LIST_ORDERS = new SortOrders<>(
            ResultListOrder.class,
            Map.of(
                    ResultListOrder.NEWEST_FIRST,
                    SortOrder.descending(EVALUATION_RESULTS.CREATED_AT, EVALUATION_RESULTS.ID),
                    ResultListOrder.OLDEST_FIRST,
                    SortOrder.ascending(EVALUATION_RESULTS.CREATED_AT, EVALUATION_RESULTS.ID),
                    ResultListOrder.LOWEST_FIRST,
                    byScore(SortOrder.ascending(EVALUATION_RESULTS.SCORE, EVALUATION_RESULTS.ID)),
                    ResultListOrder.HIGHEST_FIRST,
                    byScore(SortOrder.descending(EVALUATION_RESULTS.SCORE, EVALUATION_RESULTS.ID)),
                    ResultListOrder.BY_EVALUATION,
                    SortOrder.ascending(
                                    EVALUATION_RESULTS.PROJECT_ID,
                                    EVALUATION_RESULTS.EVALUATION_ID,
                                    EVALUATION_RESULTS.ID)
                            .where(EVALUATION_RESULTS.EVALUATION_ID.isNotNull()),
                    ResultListOrder.BY_EVALUATOR,
                    SortOrder.ascending(
                                    EVALUATION_RESULTS.EVALUATOR_ID,
                                    EVALUATION_RESULTS.EVALUATOR_VERSION_ID,
                                    EVALUATION_RESULTS.ID)
                            .where(EVALUATION_RESULTS.EVALUATOR_ID.isNotNull()),
                    ResultListOrder.BY_TRACE,
                    SortOrder.ascending(EVALUATION_RESULTS.TRACE_ID, EVALUATION_RESULTS.ID)
                            .where(EVALUATION_RESULTS.TRACE_ID.isNotNull())));

    static final ListQuery<EvaluationResult> LIST =
            new ListQuery<>("results", EVALUATION_RESULTS, CONDITIONS, EvaluationResultRows.RESULT);

    static final ListQuery<EvaluationResult> LIST_WITH_PAYLOADS =
            new ListQuery<>("results", EVALUATION_RESULTS, CONDITIONS, EvaluationResultRows.RESULT_WITH_PAYLOAD);

    private EvaluationResultList() {}

    private static SortOrder byScore(SortOrder order) {
        return order.where(EVALUATION_RESULTS.SCORE.isNotNull());
    }

    private static Condition ofKind(Field<UUID> tenant, List<EvaluatorKind> kinds) {
        return kinds.isEmpty()
                ? noCondition()
                : EVALUATION_RESULTS.EVALUATOR_ID.in(select(EVALUATORS.ID)
                        .from(EVALUATORS)
                        .where(EVALUATORS.ORGANIZATION_ID.eq(tenant))
                        .and(EVALUATORS.KIND.in(kinds.stream()
                                .map(kind -> inline(kind, EVALUATORS.KIND.getDataType()))
                                .toList())));
    }

    private static Condition ofCategory(Field<UUID> tenant, Field<String> category) {
        return EVALUATION_RESULTS.EVALUATOR_ID.in(select(EVALUATORS.ID)
                .from(EVALUATORS)
                .where(EVALUATORS.ORGANIZATION_ID.eq(tenant))
                .and(EVALUATORS.CATEGORY.eq(category)));
    }

    private static Condition judgedBy(Field<UUID> tenant, Field<String> model) {
        return EVALUATION_RESULTS.EVALUATOR_VERSION_ID.in(select(EVALUATOR_VERSIONS.ID)
                .from(EVALUATOR_VERSIONS)
                .where(EVALUATOR_VERSIONS.ORGANIZATION_ID.eq(tenant))
                .and(EVALUATOR_VERSIONS.JUDGE_MODEL.eq(model)));
    }

    private static Field<String> nameOfEvaluation(Field<UUID> tenant) {
        return select(EVALUATIONS.NAME)
                .from(EVALUATIONS)
                .where(EVALUATIONS.ORGANIZATION_ID.eq(tenant))
                .and(EVALUATIONS.ID.eq(EVALUATION_RESULTS.EVALUATION_ID))
                .asField();
    }

    private static Field<String> nameOfTrace(Field<UUID> tenant) {
        return select(TRACES.NAME)
                .from(TRACES)
                .where(TRACES.ORGANIZATION_ID.eq(tenant))
                .and(TRACES.ID.eq(EVALUATION_RESULTS.TRACE_ID))
                .asField();
    }
}
