package io.promptforge.dao.policy;

import static io.promptforge.schema.jooq.Tables.POLICY_VIOLATIONS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.groupingSets;

import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.schema.type.Severity;
import io.promptforge.schema.type.ViolationStatus;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;

/** Counts violations by status, severity and policy in one statement. */
final class ViolationSummaryRows {
    private static final Field<Integer> VIOLATIONS = count();

    private static final RowReader<Group> GROUP = RowReader.of(
            Selection.of(POLICY_VIOLATIONS.STATUS, POLICY_VIOLATIONS.SEVERITY, POLICY_VIOLATIONS.POLICY_ID, VIOLATIONS),
            row -> new Group(
                    row.takeOptional(POLICY_VIOLATIONS.STATUS),
                    row.takeOptional(POLICY_VIOLATIONS.SEVERITY),
                    row.takeOptional(POLICY_VIOLATIONS.POLICY_ID),
                    row.take(VIOLATIONS)));

    private ViolationSummaryRows() {}

    static ViolationSummary summary(TenantSession session, Criteria criteria) {
        List<Group> groups = session.run(dsl -> GROUP.fetch(dsl.select(GROUP.fields())
                .from(POLICY_VIOLATIONS)
                .where(ViolationList.CONDITIONS.condition(session.organizationId(), criteria))
                .groupBy(groupingSets(
                        List.of(POLICY_VIOLATIONS.STATUS, POLICY_VIOLATIONS.SEVERITY),
                        List.of(POLICY_VIOLATIONS.POLICY_ID)))));
        Map<ViolationStatus, Long> byStatus = new EnumMap<>(ViolationStatus.class);
        Map<Severity, Long> bySeverity = new EnumMap<>(Severity.class);
        Map<UUID, Long> byPolicy = new HashMap<>();
        for (Group group : groups) {
            group.status().ifPresent(status -> byStatus.merge(status, group.violations(), Long::sum));
            group.severity().ifPresent(severity -> bySeverity.merge(severity, group.violations(), Long::sum));
            group.policy().ifPresent(policy -> byPolicy.put(policy, group.violations()));
        }
        long total = byStatus.values().stream().mapToLong(Long::longValue).sum();
        return new ViolationSummary(total, byStatus, bySeverity, byPolicy);
    }

    /** The violations of a status and a severity, or of a policy; the other fields are empty. */
    private record Group(
            Optional<ViolationStatus> status, Optional<Severity> severity, Optional<UUID> policy, long violations) {}
}
