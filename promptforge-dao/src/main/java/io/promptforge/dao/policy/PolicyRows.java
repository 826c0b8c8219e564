package io.promptforge.dao.policy;

import static io.promptforge.schema.jooq.Tables.POLICIES;
import static org.jooq.impl.DSL.and;
import static org.jooq.impl.DSL.noCondition;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.schema.jooq.tables.records.PoliciesRecord;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;

/** Between the rows of policies and what callers see. */
final class PolicyRows {
    private PolicyRows() {}

    static Policy policy(PoliciesRecord row) {
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

    static Condition matching(UUID organization, PolicyFilter filter) {
        return and(
                POLICIES.ORGANIZATION_ID.eq(organization),
                filter.projectId().map(POLICIES.PROJECT_ID::eq).orElse(noCondition()),
                filter.types().isEmpty() ? noCondition() : POLICIES.TYPE.in(filter.types()),
                filter.severities().isEmpty() ? noCondition() : POLICIES.SEVERITY.in(filter.severities()),
                filter.active().map(POLICIES.ACTIVE::eq).orElse(noCondition()),
                filter.enforced().map(POLICIES.ENFORCED::eq).orElse(noCondition()),
                filter.text().map(PolicyRows::mentions).orElse(noCondition()));
    }

    private static Condition mentions(String text) {
        return POLICIES.NAME.containsIgnoreCase(text).or(POLICIES.DESCRIPTION.containsIgnoreCase(text));
    }
}
