package io.promptforge.dao.evaluator;

import static io.promptforge.schema.jooq.Tables.EVALUATORS;
import static io.promptforge.schema.jooq.Tables.EVALUATOR_VERSIONS;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.selectOne;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.SortOrder;
import io.promptforge.dao.internal.query.SortOrders;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/** The lists of evaluators and of their versions: what each criterion of a filter is in SQL, and the orders. */
final class EvaluatorList {
    static final Criterion<UUID> EVALUATOR_ID = new Criterion<>("evaluator_id");

    private static final Conditions CONDITIONS = Conditions.ofTenant(EVALUATORS.ORGANIZATION_ID)
            .equal(EvaluatorFilter.CATEGORY, EVALUATORS.CATEGORY)
            .anyOf(EvaluatorFilter.KIND, EVALUATORS.KIND)
            .where(EvaluatorFilter.TAG, SQLDataType.VARCHAR, tag -> tag.eq(any(EVALUATORS.TAGS)))
            .equal(EvaluatorFilter.ACTIVE, EVALUATORS.ACTIVE)
            .where(EvaluatorFilter.JUDGE_MODEL, EVALUATOR_VERSIONS.JUDGE_MODEL.getDataType(), EvaluatorList::judgedBy)
            .mentions(EvaluatorFilter.TEXT, EVALUATORS.NAME, EVALUATORS.DESCRIPTION);

    static final SortOrders<EvaluatorOrder> ORDERS = new SortOrders<>(
            EvaluatorOrder.class,
            Map.of(
                    EvaluatorOrder.BY_NAME, SortOrder.ascending(EVALUATORS.NAME),
                    EvaluatorOrder.BY_CATEGORY, SortOrder.ascending(EVALUATORS.CATEGORY, EVALUATORS.NAME),
                    EvaluatorOrder.NEWEST_FIRST, SortOrder.descending(EVALUATORS.CREATED_AT, EVALUATORS.ID),
                    EvaluatorOrder.OLDEST_FIRST, SortOrder.ascending(EVALUATORS.CREATED_AT, EVALUATORS.ID)));

    static final ListQuery<Evaluator> LIST =
            new ListQuery<>("evaluators", EVALUATORS, CONDITIONS, EvaluatorRows.EVALUATOR);

    static final SortOrder NEWEST_VERSION_FIRST = SortOrder.descending(EVALUATOR_VERSIONS.VERSION_NUMBER);

    static final ListQuery<EvaluatorVersion> VERSIONS = new ListQuery<>(
            "evaluator_versions",
            EVALUATOR_VERSIONS,
            Conditions.ofTenant(EVALUATOR_VERSIONS.ORGANIZATION_ID)
                    .equal(EVALUATOR_ID, EVALUATOR_VERSIONS.EVALUATOR_ID),
            EvaluatorRows.VERSION);

    private EvaluatorList() {}

    private static Condition judgedBy(Field<UUID> tenant, Field<String> model) {
        return exists(selectOne()
                .from(EVALUATOR_VERSIONS)
                .where(EVALUATOR_VERSIONS.ORGANIZATION_ID.eq(tenant))
                .and(EVALUATOR_VERSIONS.EVALUATOR_ID.eq(EVALUATORS.ID))
                .and(EVALUATOR_VERSIONS.VERSION_NUMBER.eq(EVALUATORS.LATEST_VERSION))
                .and(EVALUATOR_VERSIONS.JUDGE_MODEL.eq(model)));
    }
}
