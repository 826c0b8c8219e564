package io.promptforge.dao.policy;

import static io.promptforge.schema.jooq.Tables.POLICIES;

import io.promptforge.dao.internal.Columns;
import io.promptforge.dao.internal.Ids;
import io.promptforge.dao.internal.TenantSession;
import io.promptforge.schema.jooq.tables.records.PoliciesRecord;
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
        return session.run(dsl -> dsl.insertInto(POLICIES)
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
                .set(POLICIES.ENFORCED, policy.enforced())
                .set(POLICIES.CREATED_BY, policy.createdBy())
                .returning()
                .fetchSingle(JooqPolicyRepository::policy));
    }

    @Override
    public Optional<Policy> find(UUID id) {
        return findWhere(POLICIES.ID.eq(id));
    }

    @Override
    public Optional<Policy> findByName(UUID projectId, String name) {
        return findWhere(POLICIES.PROJECT_ID.eq(projectId).and(POLICIES.NAME.eq(name)));
    }

    private Optional<Policy> findWhere(Condition condition) {
        return session.run(dsl -> dsl.selectFrom(POLICIES)
                .where(POLICIES.ORGANIZATION_ID.eq(session.organizationId()).and(condition))
                .fetchOptional(JooqPolicyRepository::policy));
    }

    private static Policy policy(PoliciesRecord row) {
        return new Policy(
                row.getId(),
                row.getProjectId(),
                row.getName(),
                Optional.ofNullable(row.getDescription()),
                row.getType(),
                Columns.json(row.getRules()),
                Optional.ofNullable(row.getThreshold()),
                row.getSeverity(),
                row.getAction(),
                row.getActive(),
                row.getEnforced(),
                row.getVersionNumber(),
                Optional.ofNullable(row.getCreatedBy()),
                row.getCreatedAt(),
                row.getUpdatedAt());
    }
}
