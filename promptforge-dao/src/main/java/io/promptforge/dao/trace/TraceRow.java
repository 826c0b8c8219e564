package io.promptforge.dao.trace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trace as a row, with the totals of its spans.
 *
 * @param known what its records said
 * @param firstSpanAt the start that stands in while only spans are known
 * @param totals the sums over its spans
 */
record TraceRow(Known<NewTrace> known, @Nullable Instant firstSpanAt, TraceTotals totals) {
    /** The name that stands in while only spans are known. */
    static final String UNKNOWN = "(unknown)";

    /** A row of what is stored, if anything is, and of what comes in. */
    static TraceRow merged(@Nullable TraceRow before, IncomingTrace incoming, TraceTotals totals) {
        Known<NewTrace> known =
                Precedence.orNull(before == null ? null : before.known, incoming.record(), TraceMerge::merge);
        if (known == null) {
            throw new IllegalStateException("nothing is known of the trace " + incoming.id());
        }
        Instant standIn = known.said().startedAt() != null
                ? null
                : Precedence.orNull(
                        before == null ? null : before.firstSpanAt, incoming.firstSpanAt(), Precedence::least);
        return new TraceRow(known, standIn, totals);
    }

    /** The provisional columns as they are stored; of a running trace only stand-ins are. */
    String @Nullable [] provisionalOrNull() {
        return firstSpanAt == null ? known.provisionalOrNull() : new String[] {"name", "started_at"};
    }
}
