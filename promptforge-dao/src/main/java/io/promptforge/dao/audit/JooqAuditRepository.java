package io.promptforge.dao.audit;

import static io.promptforge.schema.jooq.Tables.AUDIT_ENTRIES;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads the audit log by jOOQ. */
public final class JooqAuditRepository implements AuditRepository {
    private final TenantSession session;

    /** The audit log of a session's tenant. */
    public JooqAuditRepository(TenantSession session) {
        this.session = session;
    }

    @Override
    public Optional<AuditEntry> find(UUID id) {
        Check.present("id", id);
        return session.run(dsl -> AuditRows.ENTRY.fetchOptional(dsl.select(AuditRows.ENTRY.fields())
                .from(AUDIT_ENTRIES)
                .where(AUDIT_ENTRIES.ORGANIZATION_ID.eq(session.organizationId()))
                .and(AUDIT_ENTRIES.ID.eq(id))));
    }

    @Override
    public Map<UUID, AuditEntry> findAll(Collection<UUID> ids) {
        return RowsById.fetch(
                session, AUDIT_ENTRIES, AUDIT_ENTRIES.ORGANIZATION_ID, AUDIT_ENTRIES.ID, ids, AuditRows.ENTRY);
    }

    @Override
    public Page<AuditEntry> list(AuditFilter filter, AuditOrder order, PageRequest page) {
        return AuditList.LIST.page(
                session, Check.present("filter", filter).criteria(), AuditList.ORDERS.get(order), page);
    }

    @Override
    public long count(AuditFilter filter) {
        return AuditList.LIST.count(session, Check.present("filter", filter).criteria());
    }

    @Override
    public AuditDigest digest() {
        return JooqAuditChain.of(session).digest();
    }

    @Override
    public AuditVerification verify() {
        return session.readOnly(tx -> JooqAuditChain.of(tx).verify());
    }

    @Override
    public AuditVerification verify(AuditDigest digest) {
        Check.present("digest", digest);
        return session.readOnly(tx -> JooqAuditChain.of(tx).verify(digest));
    }
}
