package io.promptforge.dao.organization;

import static io.promptforge.schema.jooq.Tables.ORGANIZATIONS;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.Columns;
import io.promptforge.dao.internal.Ids;
import io.promptforge.dao.internal.Session;
import io.promptforge.schema.jooq.tables.records.OrganizationsRecord;
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
        return session.run(dsl -> dsl.insertInto(ORGANIZATIONS)
                .set(ORGANIZATIONS.ID, Ids.next())
                .set(ORGANIZATIONS.NAME, organization.name())
                .set(ORGANIZATIONS.SLUG, organization.slug())
                .set(ORGANIZATIONS.DESCRIPTION, organization.description())
                .set(ORGANIZATIONS.SETTINGS, Columns.jsonb(organization.settings()))
                .returning()
                .fetchSingle(JooqOrganizationRepository::organization));
    }

    @Override
    public Optional<Organization> find(UUID id) {
        return findWhere(ORGANIZATIONS.ID.eq(id));
    }

    @Override
    public Optional<Organization> findBySlug(String slug) {
        return findWhere(ORGANIZATIONS.SLUG.eq(slug));
    }

    @Override
    public void delete(UUID id) {
        int deleted = session.run(dsl ->
                dsl.deleteFrom(ORGANIZATIONS).where(ORGANIZATIONS.ID.eq(id)).execute());
        if (deleted == 0) {
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
                row.getCreatedAt(),
                row.getUpdatedAt());
    }
}
