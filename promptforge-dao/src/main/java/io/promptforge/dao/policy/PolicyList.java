package io.promptforge.dao.policy;

import static io.promptforge.schema.jooq.Tables.POLICIES;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.SortOrder;
import io.promptforge.dao.internal.query.SortOrders;
import java.util.Map;

/** The lists of policies: what each criterion of a filter is in SQL, and the orders. */
final class PolicyList {
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

    static final ListQuery<Policy> LIST = new ListQuery<>("policies", POLICIES, CONDITIONS, PolicyRows.POLICY);

    private PolicyList() {}
}
