package io.promptforge.dao.policy;

import static io.promptforge.schema.jooq.Tables.POLICIES;
import static io.promptforge.schema.jooq.Tables.POLICY_VERSIONS;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.ListInsert;
import io.promptforge.dao.internal.write.RowUpdate;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.Severity;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;

/** Stores policies by jOOQ. */
public final class JooqPolicyRepository implements PolicyRepository {
    private static final ListInsert<?, Policy> LIST = new ListInsert<>(POLICIES, PolicyRows.POLICY, Policy::id);

    private final TenantSession session;

    /** The policies of a session's tenant. */
    public JooqPolicyRepository(TenantSession session) {
        this.session = session;
    }

    @Override
    public Policy create(NewPolicy policy) {
        Check.present("policy", policy);
        return session.write(dsl -> PolicyRows.POLICY.fetchSingle(dsl.insertInto(POLICIES)
                .set(POLICIES.ORGANIZATION_ID, session.organizationId())
                .set(POLICIES.ID, Ids.next())
                .set(policy.values().of(POLICIES))
                .returning(PolicyRows.POLICY.fields())));
    }

    @Override
    public List<Policy> create(List<NewPolicy> policies) {
        return LIST.all(session, "policies", Check.list("policies", policies), NewPolicy::values);
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
    public Map<UUID, Policy> findAll(Collection<UUID> ids) {
        return RowsById.fetch(session, POLICIES, POLICIES.ORGANIZATION_ID, POLICIES.ID, ids, PolicyRows.POLICY);
    }

    @Override
    public Page<Policy> list(PolicyFilter filter, PolicyOrder order, PageRequest page) {
        return PolicyList.LIST.page(
                session, Check.present("filter", filter).criteria(), PolicyList.ORDERS.get(order), page);
    }

    @Override
    public long count(PolicyFilter filter) {
        return PolicyList.LIST.count(session, Check.present("filter", filter).criteria());
    }

    @Override
    public List<Policy> applicable(UUID projectId) {
        Condition ofProject = ofProject(projectId);
        return session.run(dsl -> PolicyRows.POLICY.fetch(dsl.select(PolicyRows.POLICY.fields())
                .from(POLICIES)
                .where(ofProject)
                .and(POLICIES.ACTIVE)
                .orderBy(
                        POLICIES.SEVERITY.sortAsc(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW),
                        POLICIES.NAME)));
    }

    @Override
    public Optional<PolicyVersion> findVersion(UUID policyId, int versionNumber) {
        Check.present("policy_id", policyId);
        return session.run(dsl -> PolicyVersionList.VERSION.fetchOptional(dsl.select(PolicyVersionList.VERSION.fields())
                .from(POLICY_VERSIONS)
                .where(POLICY_VERSIONS.ORGANIZATION_ID.eq(session.organizationId()))
                .and(POLICY_VERSIONS.POLICY_ID.eq(policyId))
                .and(POLICY_VERSIONS.VERSION_NUMBER.eq(versionNumber))));
    }

    @Override
    public Page<PolicyVersion> versions(UUID policyId, PageRequest page) {
        Criteria ofPolicy = Criteria.none().with(PolicyVersionList.POLICY_ID, Check.present("policy_id", policyId));
        return PolicyVersionList.LIST.page(session, ofPolicy, PolicyVersionList.NEWEST_FIRST, page);
    }

    @Override
    public Policy update(UUID id, PolicyChanges changes) {
        Check.present("id", id);
        Check.present("changes", changes);
        return new RowUpdate<>(POLICIES, PolicyRows.POLICY, "policy", is(id), id)
                .apply(session.session(), changes.changes());
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
        return session.run(dsl -> PolicyRows.POLICY.fetchOptional(
                dsl.select(PolicyRows.POLICY.fields()).from(POLICIES).where(condition)));
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
