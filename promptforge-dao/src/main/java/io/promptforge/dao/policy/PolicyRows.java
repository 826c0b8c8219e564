package io.promptforge.dao.policy;

import static io.promptforge.schema.jooq.Tables.POLICIES;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.query.SortOrder;
import io.promptforge.dao.internal.query.SortOrders;
import java.util.Map;

/** How policies are read: rows to records, the conditions of the filter, and the orders of the list. */
final class PolicyRows {
    static final RowReader<Policy> POLICY = RowReader.of(
            Selection.of(
                    POLICIES.ID,
                    POLICIES.PROJECT_ID,
                    POLICIES.NAME,
                    POLICIES.DESCRIPTION,
                    POLICIES.TYPE,
                    POLICIES.RULES,
                    POLICIES.THRESHOLD,
                    POLICIES.SEVERITY,
                    POLICIES.ACTION,
                    POLICIES.ACTIVE,
                    POLICIES.ENFORCED,
                    POLICIES.VERSION_NUMBER,
                    POLICIES.CREATED_BY,
                    POLICIES.CREATED_AT,
                    POLICIES.UPDATED_AT),
            PolicyRows::policy);

    private static final Conditions CONDITIONS = Conditions.ofTenant(POLICIES.ORGANIZATION_ID)
            .equal(PolicyFilter.PROJECT_ID, POLICIES.PROJECT_ID)
            .anyOf(PolicyFilter.TYPE, POLICIES.TYPE)
            .anyOf(PolicyFilter.SEVERITY, POLICIES.SEVERITY)
            .equal(PolicyFilter.ACTIVE, POLICIES.ACTIVE)
            .equal(PolicyFilter.ENFORCED, POLICIES.ENFORCED)
            .mentions(PolicyFilter.TEXT, POLICIES.NAME, POLICIES.DESCRIPTION);

    static final SortOrders<PolicyOrder> ORDERS = new SortOrders<>(
            PolicyOrder.class,
            Map.of(
                    PolicyOrder.BY_NAME, SortOrder.ascending(POLICIES.NAME, POLICIES.ID),
                    PolicyOrder.NEWEST_FIRST, SortOrder.descending(POLICIES.CREATED_AT, POLICIES.ID),
                    PolicyOrder.OLDEST_FIRST, SortOrder.ascending(POLICIES.CREATED_AT, POLICIES.ID)));

    static final ListQuery<Policy> LIST = new ListQuery<>("policies", POLICIES, CONDITIONS, POLICY);

    private PolicyRows() {}

    private static Policy policy(ResultRow row) {
        return new Policy(
                row.take(POLICIES.ID),
                row.take(POLICIES.PROJECT_ID),
                row.take(POLICIES.NAME),
                row.takeOptional(POLICIES.DESCRIPTION),
                row.take(POLICIES.TYPE),
                row.takeJson(POLICIES.RULES),
                row.takeOptionalNumber(POLICIES.THRESHOLD),
                row.take(POLICIES.SEVERITY),
                row.take(POLICIES.ACTION),
                row.take(POLICIES.ACTIVE),
                row.take(POLICIES.ENFORCED),
                row.take(POLICIES.VERSION_NUMBER),
                row.takeOptional(POLICIES.CREATED_BY),
                row.take(POLICIES.CREATED_AT),
                row.take(POLICIES.UPDATED_AT));
    }
}
