package io.promptforge.dao.organization;

import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static io.promptforge.schema.jooq.Tables.ORGANIZATIONS;
import static io.promptforge.schema.jooq.Tables.POLICY_VIOLATIONS;
import static org.jooq.impl.DSL.noCondition;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.deletion.TraceDeletion;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.query.Keyset;
import io.promptforge.dao.internal.write.LegacyRowUpdate;
import io.promptforge.dao.internal.session.Session;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.jooq.tables.records.OrganizationsRecord;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;

final class JooqOrganizationRepository implements OrganizationRepository {
    private final Session session;

    JooqOrganizationRepository(Session session) {
        this.session = session;
    }

    @Override
    public Organization create(NewOrganization organization) {
        Check.present("organization", organization);
        return session.write(dsl -> dsl.insertInto(ORGANIZATIONS)
                .set(ORGANIZATIONS.ID, Ids.next())
                .set(ORGANIZATIONS.NAME, organization.name())
                .set(ORGANIZATIONS.SLUG, organization.slug())
                .set(ORGANIZATIONS.DESCRIPTION, organization.description())
                .set(ORGANIZATIONS.SETTINGS, Columns.jsonb(organization.settings()))
                .set(ORGANIZATIONS.TRACE_RETENTION_DAYS, organization.traceRetentionDays())
                .returning()
                .fetchSingle(JooqOrganizationRepository::organization));
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
    public Page<Organization> list(PageRequest page) {
        return session.run(dsl -> Keyset.ascending(List.of("organizations"), ORGANIZATIONS.NAME)
                .fetch(
                        dsl,
                        dsl.selectFrom(ORGANIZATIONS).where(noCondition()),
                        page,
                        JooqOrganizationRepository::organization));
    }

    @Override
    public Organization update(UUID id, OrganizationChanges changes) {
        Check.present("id", id);
        Check.present("changes", changes);
        return organization(new LegacyRowUpdate<>(ORGANIZATIONS, "organization", ORGANIZATIONS.ID.eq(id), id)
                .apply(session, changes.changes()));
    }

    @Override
    public void delete(UUID id) {
        Check.present("id", id);
        session.transaction(tx -> {
            lock(tx, id);
            // What refers to traces first, then the traces in batches; the rest are few, and go by the cascade.
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

    /** Whoever adds to the organization must share a lock on its row, so from now on nobody does. */
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
        return session.run(dsl ->
                dsl.selectFrom(ORGANIZATIONS).where(condition).fetchOptional(JooqOrganizationRepository::organization));
    }

    private static Organization organization(OrganizationsRecord row) {
        return new Organization(
                row.getId(),
                row.getName(),
                row.getSlug(),
                Optional.ofNullable(row.getDescription()),
                Columns.json(row.getSettings()),
                Columns.optionalInt(row.getTraceRetentionDays()),
                row.getCreatedAt(),
                row.getUpdatedAt());
    }
}
