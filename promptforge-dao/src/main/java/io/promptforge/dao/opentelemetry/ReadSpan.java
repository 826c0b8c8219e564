package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.trace.NewSpan;
import java.util.Comparator;
import java.util.UUID;

/**
 * A span that was read.
 *
 * @param traceId the trace it is a step of
 * @param span what is stored of it
 * @param isRoot whether nothing called it
 * @param context what it says of the trace
 */
record ReadSpan(UUID traceId, NewSpan span, boolean isRoot, TraceContext context) {
    /** Roots first, then by their start: whatever order they came in, the same one speaks for the trace. */
    static final Comparator<ReadSpan> BY_RANK = Comparator.comparing((ReadSpan read) -> !read.isRoot)
            .thenComparing(read -> read.span.startedAt())
            .thenComparing(read -> read.span.id());
}
