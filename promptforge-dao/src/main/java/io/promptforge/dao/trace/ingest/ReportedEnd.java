package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.json.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An end that is reported before the start, because the clocks of two machines differ: it is stored as the start, and what was reported
 * stays in the document of the record.
 */
public final class ReportedEnd {
    /** The member with the reported end, in the attributes of a span and the metadata of a trace. */
    public static final String MEMBER = "promptforge.reported_end";

    private ReportedEnd() {}

    /** What is stored of a record of a span. */
    public static SpanFields of(SpanFields span) {
        if (!isBefore(span.endedAt, span.startedAt)) {
            return span;
        }
        SpanFields stored = span.clone();
        stored.attributes = with(span.endedAt, span.attributes, SpanFields.BYTES_OF_ATTRIBUTES);
        stored.endedAt = span.startedAt;
        return stored;
    }

    /** What is stored of a record of a trace. */
    public static TraceFields of(TraceFields trace) {
        if (!isBefore(trace.endedAt, trace.startedAt)) {
            return trace;
        }
        TraceFields stored = trace.clone();
        stored.metadata = with(trace.endedAt, trace.metadata, TraceFields.BYTES_OF_METADATA);
        stored.endedAt = trace.startedAt;
        return stored;
    }

    private static boolean isBefore(@Nullable Instant end, @Nullable Instant start) {
        return end != null && start != null && end.isBefore(start);
    }

    /** As if another record had reported the member: a document that has no room for it is cut. */
    private static Json with(@Nullable Instant end, Json document, long mostBytes) {
        return document.toJava() instanceof Map<?, ?>
                ? MergeRules.union(mostBytes).apply(document, Json.of(Map.of(MEMBER, String.valueOf(end))))
                : document;
    }
}
