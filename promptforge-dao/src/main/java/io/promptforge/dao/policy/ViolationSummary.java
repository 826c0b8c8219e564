package io.promptforge.dao.policy;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.schema.type.Severity;
import io.promptforge.schema.type.ViolationStatus;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * Numbers of violations.
 *
 * @param total number of all of them
 * @param byStatus number of violations in each status; 0 where there are none
 * @param bySeverity number of violations of each severity; 0 where there are none
 * @param byPolicy number of violations of each policy that has any
 */
public record ViolationSummary(
        long total, Map<ViolationStatus, Long> byStatus, Map<Severity, Long> bySeverity, Map<UUID, Long> byPolicy) {
    /** Copies the maps, and adds the statuses and severities that are missing. */
    public ViolationSummary {
        byStatus = complete(ViolationStatus.class, Check.present("status", byStatus));
        bySeverity = complete(Severity.class, Check.present("severity", bySeverity));
        byPolicy = Map.copyOf(Check.present("policy_id", byPolicy));
    }

    private static <E extends Enum<E>> Map<E, Long> complete(Class<E> keys, Map<E, Long> counts) {
        Map<E, Long> complete = new EnumMap<>(keys);
        for (E key : keys.getEnumConstants()) {
            complete.put(key, counts.getOrDefault(key, 0L));
        }
        return Collections.unmodifiableMap(complete);
    }
}
