package io.promptforge.dao.policy;

import static io.promptforge.schema.jooq.Tables.POLICIES;
import static io.promptforge.schema.jooq.Tables.POLICY_VIOLATIONS;
import static org.jooq.impl.DSL.select;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.SortOrder;
import io.promptforge.dao.internal.query.SortOrders;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;

/** The lists of violations: what each criterion of a filter is in SQL, and the orders. */
final class ViolationList {
    static final Conditions CONDITIONS = Conditions.ofTenant(POLICY_VIOLATIONS.ORGANIZATION_ID)
            .equal(ViolationFilter.PROJECT_ID, POLICY_VIOLATIONS.PROJECT_ID)
            .where(ViolationFilter.POLICY_ID, POLICY_VIOLATIONS.POLICY_ID.getDataType(), ViolationList::ofPolicy)
            .equal(ViolationFilter.TRACE_ID, POLICY_VIOLATIONS.TRACE_ID)
            .anyOf(ViolationFilter.SEVERITY, POLICY_VIOLATIONS.SEVERITY)
            .anyOf(ViolationFilter.STATUS, POLICY_VIOLATIONS.STATUS)
            .atLeast(ViolationFilter.DETECTED_FROM, POLICY_VIOLATIONS.DETECTED_AT)
            .lessThan(ViolationFilter.DETECTED_BEFORE, POLICY_VIOLATIONS.DETECTED_AT)
            .mentions(ViolationFilter.TEXT, POLICY_VIOLATIONS.MESSAGE);

    static final SortOrders<ViolationOrder> ORDERS = new SortOrders<>(
            ViolationOrder.class,
            Map.of(
                    ViolationOrder.NEWEST_FIRST,
                            SortOrder.descending(POLICY_VIOLATIONS.DETECTED_AT, POLICY_VIOLATIONS.ID),
                    ViolationOrder.OLDEST_FIRST,
                            SortOrder.ascending(POLICY_VIOLATIONS.DETECTED_AT, POLICY_VIOLATIONS.ID)));

    static final ListQuery<Violation> LIST =
            new ListQuery<>("violations", POLICY_VIOLATIONS, CONDITIONS, ViolationRows.VIOLATION);

    private ViolationList() {}

    /** Also names the project of the policy, with which the index of the violations of a policy begins. */
    private static Condition ofPolicy(Field<UUID> tenant, Field<UUID> policy) {
        return POLICY_VIOLATIONS
                .POLICY_ID
                .eq(policy)
                .and(POLICY_VIOLATIONS.PROJECT_ID.eq(select(POLICIES.PROJECT_ID)
                        .from(POLICIES)
                        .where(POLICIES.ORGANIZATION_ID.eq(tenant))
                        .and(POLICIES.ID.eq(policy))));
    }
}
