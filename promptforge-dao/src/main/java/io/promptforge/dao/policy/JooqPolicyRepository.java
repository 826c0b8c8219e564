package io.promptforge.dao.policy;

import static io.promptforge.schema.jooq.Tables.POLICIES;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.Keyset;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.LegacyRowUpdate;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.Severity;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;

final class JooqPolicyRepository implements PolicyRepository {
    private final TenantSession session;

    JooqPolicyRepository(TenantSession session) {
        this.session = session;
    }

    @Override
    public Policy create(NewPolicy policy) {
        Check.present("policy", policy);
        return session.write(dsl -> dsl.insertInto(POLICIES)
                .set(POLICIES.ORGANIZATION_ID, session.organizationId())
                .set(POLICIES.ID, Ids.next())
                .set(POLICIES.PROJECT_ID, policy.projectId())
                .set(POLICIES.NAME, policy.name())
                .set(POLICIES.DESCRIPTION, policy.description())
                .set(POLICIES.TYPE, policy.type())
                .set(POLICIES.RULES, Columns.jsonb(policy.rules()))
                .set(POLICIES.THRESHOLD, policy.threshold())
                .set(POLICIES.SEVERITY, policy.severity())
                .set(POLICIES.ACTION, policy.action())
                .set(POLICIES.ACTIVE, policy.active())
                .set(POLICIES.ENFORCED, policy.enforced())
                .set(POLICIES.CREATED_BY, policy.createdBy())
                .returning()
                .fetchSingle(PolicyRows::policy));
    }

    @Override
    public Optional<Policy> find(UUID id) {
        return findWhere(is(Check.present("id", id)));
    }

    @Override
    public Optional<Policy> findByName(UUID projectId, String name) {
        return findWhere(ofProject(projectId).and(POLICIES.NAME.eq(Check.text("name", name))));
    }

    @Override
    public Page<Policy> list(PolicyFilter filter, PolicyOrder order, PageRequest page) {
        Check.present("filter", filter);
        Check.present("order", order);
        Check.present("page", page);
        return session.run(dsl -> keyset(filter, order)
                .fetch(
                        dsl,
                        dsl.selectFrom(POLICIES).where(PolicyRows.matching(session.organizationId(), filter)),
                        page,
                        PolicyRows::policy));
    }

    @Override
    public List<Policy> applicable(UUID projectId) {
        Condition ofProject = ofProject(projectId);
        return session.run(dsl -> dsl.selectFrom(POLICIES)
                .where(ofProject)
                .and(POLICIES.ACTIVE)
                .orderBy(
                        POLICIES.SEVERITY.sortAsc(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW),
                        POLICIES.NAME)
                .fetch(PolicyRows::policy));
    }

    @Override
    public Policy update(UUID id, PolicyChanges changes) {
        Check.present("id", id);
        Check.present("changes", changes);
        return PolicyRows.policy(
                new LegacyRowUpdate<>(POLICIES, "policy", is(id), id).apply(session.session(), changes.changes()));
    }

    @Override
    public Policy activate(UUID id) {
        return update(id, PolicyChanges.none().active(true));
    }

    @Override
    public Policy deactivate(UUID id) {
        return update(id, PolicyChanges.none().active(false));
    }

    @Override
    public Policy enforce(UUID id) {
        return update(id, PolicyChanges.none().enforced(true));
    }

    @Override
    public Policy stopEnforcing(UUID id) {
        return update(id, PolicyChanges.none().enforced(false));
    }

    @Override
    public void delete(UUID id) {
        Check.present("id", id);
        int deleted =
                session.write(dsl -> dsl.deleteFrom(POLICIES).where(is(id)).execute());
        if (deleted == 0) {
            throw new NotFoundException("policy", id);
        }
    }

    private Optional<Policy> findWhere(Condition condition) {
        return session.run(dsl -> dsl.selectFrom(POLICIES).where(condition).fetchOptional(PolicyRows::policy));
    }

    private Keyset keyset(PolicyFilter filter, PolicyOrder order) {
        List<Object> list = List.of("policies", session.organizationId(), filter, order);
        return switch (order) {
            case BY_NAME -> Keyset.ascending(list, POLICIES.NAME, POLICIES.ID);
            case NEWEST_FIRST -> Keyset.descending(list, POLICIES.CREATED_AT, POLICIES.ID);
            case OLDEST_FIRST -> Keyset.ascending(list, POLICIES.CREATED_AT, POLICIES.ID);
        };
    }

    private Condition is(UUID id) {
        return POLICIES.ORGANIZATION_ID.eq(session.organizationId()).and(POLICIES.ID.eq(id));
    }

    private Condition ofProject(UUID projectId) {
        return POLICIES.ORGANIZATION_ID
                .eq(session.organizationId())
                .and(POLICIES.PROJECT_ID.eq(Check.present("project_id", projectId)));
    }
}
