package io.promptforge.dao.trace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trace as it is stored: its merged records and the totals of its spans.
 *
 * @param record what its records report
 * @param firstSpanAt the earliest start of its spans, stored as its start while only spans are known; else null
 * @param totals the sums over its spans
 */
record MergedTrace(
        MergedRecord<TraceFields> record, @Nullable Instant firstSpanAt, TraceTotals totals) {
    /** The name that is stored while only spans are known. */
    private static final String UNKNOWN = "(unknown)";

    /** Merges the incoming records into the stored trace, which is null for a new one. */
    static MergedTrace of(@Nullable MergedTrace before, IncomingTrace incoming, TraceTotals totals) {
        MergedRecord<TraceFields> record =
                MergeRules.orNull(before == null ? null : before.record, incoming.record(), TraceColumns::merge);
        if (record == null) {
            throw new IllegalStateException("no record of the trace " + incoming.id());
        }
        Instant firstSpanAt = record.fields().onlySpansKnown()
                ? MergeRules.orNull(
                        before == null ? null : before.firstSpanAt, incoming.firstSpanAt(), MergeRules::least)
                : null;
        return new MergedTrace(record, firstSpanAt, totals);
    }

    /** The fields as they are stored: while only spans are known, with the name and the start that stand in for its own. */
    TraceFields storedFields() {
        if (firstSpanAt == null) {
            return record.fields();
        }
        TraceFields standIn = record.fields().clone();
        standIn.name = UNKNOWN;
        standIn.startedAt = firstSpanAt;
        return standIn;
    }

    /** The provisional columns as they are stored; of a running trace, name and start while only spans are known. */
    String @Nullable [] provisionalOrNull() {
        return firstSpanAt == null ? record.provisionalOrNull() : new String[] {"name", "started_at"};
    }
}
