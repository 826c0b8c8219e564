package io.promptforge.dao.audit;

import static io.promptforge.schema.jooq.Tables.AUDIT_ENTRIES;

import io.promptforge.dao.access.Actor;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;

/** Maps rows to audit entries. */
final class AuditRows {
    static final RowReader<AuditEntry> ENTRY = RowReader.of(
            Selection.of(
                    AUDIT_ENTRIES.ID,
                    AUDIT_ENTRIES.TRANSACTION_ID,
                    AUDIT_ENTRIES.ACTOR_TYPE,
                    AUDIT_ENTRIES.ACTOR_ID,
                    AUDIT_ENTRIES.DATABASE_ROLE,
                    AUDIT_ENTRIES.ACTION,
                    AUDIT_ENTRIES.TABLE_NAME,
                    AUDIT_ENTRIES.ROW_ID,
                    AUDIT_ENTRIES.BEFORE,
                    AUDIT_ENTRIES.AFTER,
                    AUDIT_ENTRIES.CREATED_AT),
            AuditRows::entry);

    private AuditRows() {}

    private static AuditEntry entry(ResultRow row) {
        return new AuditEntry(
                row.take(AUDIT_ENTRIES.ID),
                row.take(AUDIT_ENTRIES.TRANSACTION_ID),
                new Actor(row.take(AUDIT_ENTRIES.ACTOR_TYPE), row.takeOptional(AUDIT_ENTRIES.ACTOR_ID)),
                row.take(AUDIT_ENTRIES.DATABASE_ROLE),
                row.take(AUDIT_ENTRIES.ACTION),
                row.take(AUDIT_ENTRIES.TABLE_NAME),
                row.takeOptional(AUDIT_ENTRIES.ROW_ID),
                row.takeOptionalJson(AUDIT_ENTRIES.BEFORE),
                row.takeOptionalJson(AUDIT_ENTRIES.AFTER),
                row.take(AUDIT_ENTRIES.CREATED_AT));
    }
}
