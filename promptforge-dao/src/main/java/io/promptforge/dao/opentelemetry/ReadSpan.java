package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.trace.NewSpan;
import java.util.Comparator;
import java.util.UUID;

/**
 * A converted span.
 *
 * @param traceId its trace
 * @param span the span to record
 * @param isRoot whether it has no parent
 * @param context the fields of the trace that it reports
 */
record ReadSpan(UUID traceId, NewSpan span, boolean isRoot, TraceContext context) {
    /** Roots first, then by start, so that the order in which spans come does not decide which one describes the trace. */
    static final Comparator<ReadSpan> BY_RANK = Comparator.comparing((ReadSpan read) -> !read.isRoot)
            .thenComparing(read -> read.span.startedAt())
            .thenComparing(read -> read.span.id());
}
