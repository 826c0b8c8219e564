package io.promptforge.dao.organization;

import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static io.promptforge.schema.jooq.Tables.ORGANIZATIONS;
import static io.promptforge.schema.jooq.Tables.POLICY_VIOLATIONS;
import static org.jooq.impl.DSL.noCondition;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.deletion.TraceDeletion;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.Session;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.RowUpdate;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;

/** Stores organizations by jOOQ. */
public final class JooqOrganizationRepository implements OrganizationRepository {
    private final Session session;

    /** The organizations of a session's database. */
    public JooqOrganizationRepository(Session session) {
        this.session = session;
    }

    @Override
    public Organization create(NewOrganization organization) {
        Check.present("organization", organization);
        return session.write(dsl -> OrganizationRows.ORGANIZATION.fetchSingle(dsl.insertInto(ORGANIZATIONS)
                .set(ORGANIZATIONS.ID, Ids.next())
                .set(organization.values().of(ORGANIZATIONS))
                .returning(OrganizationRows.ORGANIZATION.fields())));
    }

    @Override
    public Optional<Organization> find(UUID id) {
        return findWhere(ORGANIZATIONS.ID.eq(Check.present("id", id)));
    }

    @Override
    public Optional<Organization> findBySlug(String slug) {
        return findWhere(ORGANIZATIONS.SLUG.eq(Check.text("slug", slug)));
    }

    @Override
    public Map<UUID, Organization> findAll(Collection<UUID> ids) {
        return RowsById.fetch(session, ORGANIZATIONS, ORGANIZATIONS.ID, ids, OrganizationRows.ORGANIZATION);
    }

    @Override
    public Page<Organization> list(OrganizationFilter filter, PageRequest page) {
        return OrganizationList.LIST.page(
                session, Check.present("filter", filter).criteria(), OrganizationList.BY_NAME, page);
    }

    @Override
    public long count(OrganizationFilter filter) {
        return OrganizationList.LIST.count(
                session, Check.present("filter", filter).criteria());
    }

    @Override
    public Organization update(UUID id, OrganizationChanges changes) {
        Check.present("id", id);
        Check.present("changes", changes);
        return new RowUpdate<>(
                        ORGANIZATIONS, OrganizationRows.ORGANIZATION, "organization", ORGANIZATIONS.ID.eq(id), id)
                .apply(session, changes.changes());
    }

    @Override
    public void delete(UUID id) {
        Check.present("id", id);
        session.transaction(tx -> {
            lock(tx, id);
            // Rows that refer to traces first, then the traces in batches; the rest are few, and go by the cascade.
            tx.run(dsl -> dsl.deleteFrom(EVALUATION_RESULTS)
                    .where(EVALUATION_RESULTS.ORGANIZATION_ID.eq(id))
                    .execute());
            tx.run(dsl -> dsl.deleteFrom(POLICY_VIOLATIONS)
                    .where(POLICY_VIOLATIONS.ORGANIZATION_ID.eq(id))
                    .execute());
            TraceDeletion.deleteWhere(new TenantSession(tx, id), noCondition());
            return tx.run(dsl ->
                    dsl.deleteFrom(ORGANIZATIONS).where(ORGANIZATIONS.ID.eq(id)).execute());
        });
    }

    /** An insert into the organization must share a lock on its row, so none succeeds until this transaction ends. */
    private static void lock(Session tx, UUID id) {
        boolean there = tx.run(dsl -> dsl.select(ORGANIZATIONS.ID)
                        .from(ORGANIZATIONS)
                        .where(ORGANIZATIONS.ID.eq(id))
                        .forUpdate()
                        .fetchOptional())
                .isPresent();
        if (!there) {
            throw new NotFoundException("organization", id);
        }
    }

    private Optional<Organization> findWhere(Condition condition) {
        return session.run(
                dsl -> OrganizationRows.ORGANIZATION.fetchOptional(dsl.select(OrganizationRows.ORGANIZATION.fields())
                        .from(ORGANIZATIONS)
                        .where(condition)));
    }
}
