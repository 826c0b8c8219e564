package io.promptforge.dao.policy;

import static io.promptforge.schema.jooq.Tables.POLICIES;
import static io.promptforge.schema.jooq.Tables.POLICY_VIOLATIONS;
import static org.jooq.impl.DSL.and;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.schema.jooq.tables.records.PolicyViolationsRecord;
import io.promptforge.schema.type.Severity;
import io.promptforge.schema.type.ViolationStatus;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record4;
import org.jspecify.annotations.Nullable;

/** Between the rows of violations and what callers see. */
final class ViolationRows {
    private ViolationRows() {}

    static Violation violation(PolicyViolationsRecord row) {
        return new Violation(
                row.getId(),
                row.getProjectId(),
                row.getPolicyId(),
                row.getPolicyVersion(),
                Optional.ofNullable(row.getTraceId()),
                row.getSeverity(),
                row.getViolationType(),
                Columns.optionalPlain(row.getDetectedValue()),
                Columns.optionalPlain(row.getThresholdValue()),
                Columns.optionalPlain(row.getConfidence()),
                row.getMessage(),
                Columns.json(row.getMetadata()),
                row.getStatus(),
                row.getDetectedAt(),
                handling(row.getAcknowledgedBy(), row.getAcknowledgedAt()),
                handling(row.getResolvedBy(), row.getResolvedAt()),
                Optional.ofNullable(row.getResolutionNotes()),
                handling(row.getReopenedBy(), row.getReopenedAt()),
                row.getCreatedAt(),
                row.getUpdatedAt());
    }

    /**
     * The counts.
     *
     * @param rows a row for each status and severity together, and a row for each policy, where the policy is null or
     *     nothing else is
     */
    static ViolationCounts counts(List<Record4<ViolationStatus, Severity, UUID, Integer>> rows) {
        Map<ViolationStatus, Long> byStatus = new EnumMap<>(ViolationStatus.class);
        Map<Severity, Long> bySeverity = new EnumMap<>(Severity.class);
        Map<UUID, Long> byPolicy = new HashMap<>();
        long total = 0;
        for (Record4<ViolationStatus, Severity, UUID, Integer> row : rows) {
            long violations = row.value4();
            if (row.value3() == null) {
                byStatus.merge(row.value1(), violations, Long::sum);
                bySeverity.merge(row.value2(), violations, Long::sum);
                total += violations;
            } else {
                byPolicy.put(row.value3(), violations);
            }
        }
        return new ViolationCounts(total, byStatus, bySeverity, byPolicy);
    }

    /** The database has either both or none. */
    private static Optional<Handling> handling(@Nullable UUID by, @Nullable Instant at) {
        return by == null || at == null ? Optional.empty() : Optional.of(new Handling(by, at));
    }

    static Condition matching(UUID organization, ViolationFilter filter) {
        return and(
                POLICY_VIOLATIONS.ORGANIZATION_ID.eq(organization),
                ofProject(organization, filter),
                filter.policyId().map(POLICY_VIOLATIONS.POLICY_ID::eq).orElse(noCondition()),
                filter.severities().isEmpty() ? noCondition() : POLICY_VIOLATIONS.SEVERITY.in(filter.severities()),
                inStatus(filter.statuses()),
                filter.traceId().map(POLICY_VIOLATIONS.TRACE_ID::eq).orElse(noCondition()),
                filter.detectedFrom().map(POLICY_VIOLATIONS.DETECTED_AT::ge).orElse(noCondition()),
                filter.detectedBefore().map(POLICY_VIOLATIONS.DETECTED_AT::lt).orElse(noCondition()),
                filter.text().map(POLICY_VIOLATIONS.MESSAGE::containsIgnoreCase).orElse(noCondition()));
    }

    /** A policy has one project, and the index of its violations begins with that. */
    private static Condition ofProject(UUID organization, ViolationFilter filter) {
        if (filter.projectId().isPresent()) {
            return POLICY_VIOLATIONS.PROJECT_ID.eq(filter.projectId().get());
        }
        return filter.policyId()
                .map(policy -> POLICY_VIOLATIONS.PROJECT_ID.eq(select(POLICIES.PROJECT_ID)
                        .from(POLICIES)
                        .where(POLICIES.ORGANIZATION_ID.eq(organization))
                        .and(POLICIES.ID.eq(policy))))
                .orElse(noCondition());
    }

    /** In the text of the statement, not as parameters, so that every plan may use the index of the open ones. */
    private static Condition inStatus(List<ViolationStatus> statuses) {
        return statuses.isEmpty()
                ? noCondition()
                : POLICY_VIOLATIONS.STATUS.in(statuses.stream()
                        .map(status -> inline(status, POLICY_VIOLATIONS.STATUS))
                        .toList());
    }
}
