package io.promptforge.dao.organization;

import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static io.promptforge.schema.jooq.Tables.ORGANIZATIONS;
import static io.promptforge.schema.jooq.Tables.POLICY_VIOLATIONS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.deletion.TraceDeletion;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.Session;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.ListInsert;
import io.promptforge.dao.internal.write.PlatformKeys;
import io.promptforge.dao.internal.write.RowUpdate;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Stores organizations by jOOQ. */
public final class JooqOrganizationRepository implements OrganizationRepository {
    private static final String ALL = "several organizations";
    private static final ListInsert<?, Organization> LIST =
            new ListInsert<>(ORGANIZATIONS, OrganizationRows.ORGANIZATION, Organization::id);

    private final Session session;

    /** The organizations of a session's database. */
    public JooqOrganizationRepository(Session session) {
        this.session = session;
    }

    @Override
    public Organization create(NewOrganization organization) {
        Check.present("organization", organization);
        ColumnValues row = row(organization);
        return PlatformKeys.ofOrganization(
                session, Objects.requireNonNull(row.<UUID>get("id")), row, present -> insert(present, row));
    }

    @Override
    public List<Organization> create(List<NewOrganization> organizations) {
        List<ColumnValues> rows = ListInsert.each(
                "organizations", Check.list("organizations", organizations), JooqOrganizationRepository::row);
        return ListInsert.store(
                session, "organizations", rows, PlatformKeys::claimOrganizations, JooqOrganizationRepository::insert);
    }

    private static ColumnValues row(NewOrganization organization) {
        return organization.values().with("id", Ids.next());
    }

    /** One by one where each can only be inserted as its own tenant. */
    private static List<Organization> insert(Session tx, List<ColumnValues> rows) {
        return tx.isConfined()
                ? rows.stream()
                        .map(row -> insert(tx.as(Objects.requireNonNull(row.<UUID>get("id"))), row))
                        .toList()
                : LIST.insert(tx, rows);
    }

    private static Organization insert(Session session, ColumnValues row) {
        return session.write(dsl -> OrganizationRows.ORGANIZATION.fetchSingle(dsl.insertInto(ORGANIZATIONS)
                .set(row.of(ORGANIZATIONS))
                .returning(OrganizationRows.ORGANIZATION.fields())));
    }

    @Override
    public Optional<Organization> find(UUID id) {
        Check.present("id", id);
        return session.as(id)
                .run(dsl ->
                        OrganizationRows.ORGANIZATION.fetchOptional(dsl.select(OrganizationRows.ORGANIZATION.fields())
                                .from(ORGANIZATIONS)
                                .where(ORGANIZATIONS.ID.eq(id))));
    }

    @Override
    public Optional<Organization> findBySlug(String slug) {
        Check.text("slug", slug);
        return session.run(dsl -> dsl.select(field(
                                "{0}({1})",
                                ORGANIZATIONS.ID.getDataType(), name(session.schema(), "find_organization"), val(slug)))
                        .fetchOptional(0, UUID.class))
                .flatMap(this::find)
                .filter(found -> found.slug().equals(slug));
    }

    @Override
    public Map<UUID, Organization> findAll(Collection<UUID> ids) {
        session.refuseIfConfined(ALL);
        return RowsById.fetch(session, ORGANIZATIONS, ORGANIZATIONS.ID, ids, OrganizationRows.ORGANIZATION);
    }

    @Override
    public Page<Organization> list(OrganizationFilter filter, PageRequest page) {
        session.refuseIfConfined(ALL);
        return OrganizationList.LIST.page(
                session, Check.present("filter", filter).criteria(), OrganizationList.BY_NAME, page);
    }

    @Override
    public long count(OrganizationFilter filter) {
        session.refuseIfConfined(ALL);
        return OrganizationList.LIST.count(
                session, Check.present("filter", filter).criteria());
    }

    @Override
    public Organization update(UUID id, OrganizationChanges changes) {
        Check.present("id", id);
        Check.present("changes", changes);
        RowUpdate<?, Organization> update = new RowUpdate<>(
                ORGANIZATIONS, OrganizationRows.ORGANIZATION, "organization", ORGANIZATIONS.ID.eq(id), id);
        return PlatformKeys.ofOrganization(
                session, id, changes.changes().values(), present -> update.apply(present, changes.changes()));
    }

    @Override
    public void delete(UUID id) {
        Check.present("id", id);
        session.as(id).transaction(tx -> {
            lock(tx, id);
            // Rows that refer to traces first, then the traces in batches; the rest are few, and go by the cascade.
            tx.run(dsl -> dsl.deleteFrom(EVALUATION_RESULTS)
                    .where(EVALUATION_RESULTS.ORGANIZATION_ID.eq(id))
                    .execute());
            tx.run(dsl -> dsl.deleteFrom(POLICY_VIOLATIONS)
                    .where(POLICY_VIOLATIONS.ORGANIZATION_ID.eq(id))
                    .execute());
            // One erasure, of the organization, instead of one for each trace.
            TraceDeletion.unlogged(
                    new TenantSession(tx, id), tenant -> TraceDeletion.deleteWhere(tenant, noCondition()));
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
}
