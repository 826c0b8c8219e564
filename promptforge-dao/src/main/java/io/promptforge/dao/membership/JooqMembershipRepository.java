package io.promptforge.dao.membership;

import static io.promptforge.schema.jooq.Tables.PROJECT_MEMBERSHIPS;
import static org.jooq.impl.DSL.excluded;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.ListInsert;
import io.promptforge.dao.internal.write.RowArrays;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.jooq.tables.records.ProjectMembershipsRecord;
import io.promptforge.schema.type.Role;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;

/** Stores memberships by jOOQ. */
public final class JooqMembershipRepository implements MembershipRepository {
    private final TenantSession session;

    /** The memberships of a session's tenant. */
    public JooqMembershipRepository(TenantSession session) {
        this.session = session;
    }

    @Override
    public Membership set(UUID projectId, UUID userId, Role role) {
        Check.present("project_id", projectId);
        Check.present("user_id", userId);
        Check.present("role", role);
        return session.write(dsl -> MembershipRows.MEMBERSHIP.fetchSingle(dsl.insertInto(PROJECT_MEMBERSHIPS)
                .set(PROJECT_MEMBERSHIPS.ORGANIZATION_ID, session.organizationId())
                .set(PROJECT_MEMBERSHIPS.ID, Ids.next())
                .set(PROJECT_MEMBERSHIPS.PROJECT_ID, projectId)
                .set(PROJECT_MEMBERSHIPS.USER_ID, userId)
                .set(PROJECT_MEMBERSHIPS.ROLE, role)
                .onConflict(
                        PROJECT_MEMBERSHIPS.ORGANIZATION_ID,
                        PROJECT_MEMBERSHIPS.PROJECT_ID,
                        PROJECT_MEMBERSHIPS.USER_ID)
                .doUpdate()
                .set(PROJECT_MEMBERSHIPS.ROLE, role)
                .returning(MembershipRows.MEMBERSHIP.fields())));
    }

    @Override
    public List<Membership> set(UUID projectId, List<UUID> userIds, Role role) {
        Check.present("project_id", projectId);
        Check.present("role", role);
        return ListInsert.store(session, "user_ids", Check.list("user_ids", userIds), (tx, some) -> {
            Map<UUID, Membership> stored = upsert(tx, projectId, some, role).stream()
                    .collect(Collectors.toMap(Membership::userId, Function.identity()));
            return some.stream()
                    .map(user -> Objects.requireNonNull(stored.get(user)))
                    .toList();
        });
    }

    /** In the order of the ids, so that two lists with the same users do not wait for each other. */
    private static List<Membership> upsert(TenantSession tx, UUID projectId, List<UUID> userIds, Role role) {
        RowArrays<ProjectMembershipsRecord> rows = new RowArrays<>(
                PROJECT_MEMBERSHIPS,
                List.of(
                        PROJECT_MEMBERSHIPS.ORGANIZATION_ID,
                        PROJECT_MEMBERSHIPS.ID,
                        PROJECT_MEMBERSHIPS.PROJECT_ID,
                        PROJECT_MEMBERSHIPS.USER_ID,
                        PROJECT_MEMBERSHIPS.ROLE));
        userIds.stream()
                .distinct()
                .sorted()
                .forEach(user -> rows.add(List.of(tx.organizationId(), Ids.next(), projectId, user, role)));
        return tx.run(dsl -> MembershipRows.MEMBERSHIP.fetch(rows.insert(dsl)
                .onConflict(
                        PROJECT_MEMBERSHIPS.ORGANIZATION_ID,
                        PROJECT_MEMBERSHIPS.PROJECT_ID,
                        PROJECT_MEMBERSHIPS.USER_ID)
                .doUpdate()
                .set(PROJECT_MEMBERSHIPS.ROLE, excluded(PROJECT_MEMBERSHIPS.ROLE))
                .returning(MembershipRows.MEMBERSHIP.fields())));
    }

    @Override
    public boolean remove(UUID projectId, UUID userId) {
        Condition membership = is(projectId, userId);
        return session.write(dsl ->
                        dsl.deleteFrom(PROJECT_MEMBERSHIPS).where(membership).execute())
                > 0;
    }

    @Override
    public Optional<Membership> find(UUID projectId, UUID userId) {
        Condition membership = is(projectId, userId);
        return session.run(dsl -> MembershipRows.MEMBERSHIP.fetchOptional(dsl.select(MembershipRows.MEMBERSHIP.fields())
                .from(PROJECT_MEMBERSHIPS)
                .where(membership)));
    }

    @Override
    public Map<UUID, Membership> findAll(Collection<UUID> ids) {
        return RowsById.fetch(
                session,
                PROJECT_MEMBERSHIPS,
                PROJECT_MEMBERSHIPS.ORGANIZATION_ID,
                PROJECT_MEMBERSHIPS.ID,
                ids,
                MembershipRows.MEMBERSHIP);
    }

    @Override
    public Page<Membership> list(MembershipFilter filter, PageRequest page) {
        return MembershipList.LIST.page(
                session, Check.present("filter", filter).criteria(), MembershipList.OLDEST_FIRST, page);
    }

    @Override
    public long count(MembershipFilter filter) {
        return MembershipList.LIST.count(
                session, Check.present("filter", filter).criteria());
    }

    /** The roles of a user by project, all of them. */
    public Map<UUID, Role> rolesOf(UUID userId) {
        return session.run(dsl -> dsl.select(PROJECT_MEMBERSHIPS.PROJECT_ID, PROJECT_MEMBERSHIPS.ROLE)
                .from(PROJECT_MEMBERSHIPS)
                .where(ofTenant().and(PROJECT_MEMBERSHIPS.USER_ID.eq(userId)))
                .fetchMap(PROJECT_MEMBERSHIPS.PROJECT_ID, PROJECT_MEMBERSHIPS.ROLE));
    }

    private Condition is(UUID projectId, UUID userId) {
        return ofTenant()
                .and(PROJECT_MEMBERSHIPS.PROJECT_ID.eq(Check.present("project_id", projectId)))
                .and(PROJECT_MEMBERSHIPS.USER_ID.eq(Check.present("user_id", userId)));
    }

    private Condition ofTenant() {
        return PROJECT_MEMBERSHIPS.ORGANIZATION_ID.eq(session.organizationId());
    }
}
