package io.promptforge.dao.audit;

import static io.promptforge.schema.jooq.Tables.AUDIT_ENTRIES;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.SortOrder;
import io.promptforge.dao.internal.query.SortOrders;
import java.util.Map;

/** The lists of audit entries: what each criterion of a filter is in SQL, and the orders. */
final class AuditList {
    private static final Conditions CONDITIONS = Conditions.ofTenant(AUDIT_ENTRIES.ORGANIZATION_ID)
            .equal(AuditFilter.ACTOR_ID, AUDIT_ENTRIES.ACTOR_ID)
            .anyOf(AuditFilter.ACTOR_TYPE, AUDIT_ENTRIES.ACTOR_TYPE)
            .anyOf(AuditFilter.ACTION, AUDIT_ENTRIES.ACTION)
            .equal(AuditFilter.TABLE, AUDIT_ENTRIES.TABLE_NAME)
            .equal(AuditFilter.ROW_ID, AUDIT_ENTRIES.ROW_ID)
            .equal(AuditFilter.TRANSACTION_ID, AUDIT_ENTRIES.TRANSACTION_ID)
            .atLeast(AuditFilter.CREATED_FROM, AUDIT_ENTRIES.CREATED_AT)
            .lessThan(AuditFilter.CREATED_BEFORE, AUDIT_ENTRIES.CREATED_AT);

    static final SortOrders<AuditOrder> ORDERS = new SortOrders<>(
            AuditOrder.class,
            Map.of(
                    AuditOrder.NEWEST_FIRST, SortOrder.descending(AUDIT_ENTRIES.CREATED_AT, AUDIT_ENTRIES.ID),
                    AuditOrder.OLDEST_FIRST, SortOrder.ascending(AUDIT_ENTRIES.CREATED_AT, AUDIT_ENTRIES.ID)));

    static final ListQuery<AuditEntry> LIST =
            new ListQuery<>("audit entries", AUDIT_ENTRIES, CONDITIONS, AuditRows.ENTRY);

    private AuditList() {}
}
