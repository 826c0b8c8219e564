package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.trace.NewSpan;
import java.util.Comparator;
import java.util.UUID;

/**
 * A converted span.
 *
 * @param traceId its trace
 * @param span the span to record
 * @param rank how much it can tell of the trace
 * @param attributes what is left of its attributes, among them those of the trace
 */
record ReadSpan(UUID traceId, NewSpan span, Rank rank, Attributes attributes) {
    /** Roots first, then by start, so that the order in which spans come does not decide which one describes the trace. */
    static final Comparator<ReadSpan> BY_RANK = Comparator.comparing(ReadSpan::rank)
            .thenComparing(read -> read.span.startedAt())
            .thenComparing(read -> read.span.id());

    /** The place of a span in its trace. */
    enum Rank {
        /** Without a parent. */
        ROOT,
        /** The first of a service that another one has called. */
        CALLED_REMOTELY,
        /** Any other. */
        INNER;

        static Rank of(NewSpan span) {
            if (span.parentId() == null) {
                return ROOT;
            }
            return Boolean.TRUE.equals(span.parentRemote()) ? CALLED_REMOTELY : INNER;
        }
    }

    boolean isRoot() {
        return rank == Rank.ROOT;
    }
}
