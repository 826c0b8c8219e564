package io.promptforge.dao.trace;

import io.promptforge.schema.type.ExecutionStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts and sums over traces.
 *
 * @param byStatus the number of traces by status, 0 for a status without traces
 * @param spans the number of their spans
 * @param inputTokens tokens read, cached ones included
 * @param outputTokens tokens written, reasoning included
 * @param cost US dollars, without the calls whose cost is unknown
 * @param unpricedCalls the number of calls of models whose cost is unknown
 * @param unpricedTokens the tokens read and written by these calls
 * @param averageDuration the mean duration of the ended traces, with microsecond precision; empty if none has ended
 * @param medianDuration the median duration of the ended traces; empty if none has ended
 * @param p95Duration the 95th percentile of the durations of the ended traces; empty if none has ended
 */
public record TraceSummary(
        Map<ExecutionStatus, Long> byStatus,
        long spans,
        long inputTokens,
        long outputTokens,
        BigDecimal cost,
        long unpricedCalls,
        long unpricedTokens,
        Optional<Duration> averageDuration,
        Optional<Duration> medianDuration,
        Optional<Duration> p95Duration) {
    /** Keeps a copy of the numbers by status. */
    public TraceSummary {
        byStatus = Collections.unmodifiableMap(new EnumMap<>(byStatus));
    }

    /** The number of traces. */
    public long traces() {
        return byStatus.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The tokens read and written. */
    public long totalTokens() {
        return inputTokens + outputTokens;
    }
}
