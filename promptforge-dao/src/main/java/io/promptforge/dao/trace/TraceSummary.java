package io.promptforge.dao.trace;

import io.promptforge.schema.type.ExecutionStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Traces in a few numbers.
 *
 * @param byStatus how many traces there are of each status; 0 where there is none
 * @param spans their spans
 * @param inputTokens tokens read, cached ones included
 * @param outputTokens tokens written, reasoning included
 * @param cost US dollars
 * @param averageDuration the mean of those that have ended, in microseconds; empty when none has
 * @param medianDuration half of those that have ended took no longer; empty when none has
 * @param p95Duration 95 % of those that have ended took no longer; empty when none has
 */
public record TraceSummary(
        Map<ExecutionStatus, Long> byStatus,
        long spans,
        long inputTokens,
        long outputTokens,
        BigDecimal cost,
        Optional<Duration> averageDuration,
        Optional<Duration> medianDuration,
        Optional<Duration> p95Duration) {
    /** Keeps a copy of the numbers by status. */
    public TraceSummary {
        byStatus = Collections.unmodifiableMap(new EnumMap<>(byStatus));
    }

    /** All traces. */
    public long traces() {
        return byStatus.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Tokens read and written. */
    public long totalTokens() {
        return inputTokens + outputTokens;
    }
}
