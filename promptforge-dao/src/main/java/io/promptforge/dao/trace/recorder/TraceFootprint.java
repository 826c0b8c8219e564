package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.json.Footprint;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import org.jspecify.annotations.Nullable;

/** About how much memory a trace takes while it waits. */
final class TraceFootprint {
    /** Of a trace or a span, with its ids, times and numbers, and its place in the buffer. */
    private static final long ELEMENT = 512;

    private TraceFootprint() {}

    static long of(NewTrace trace) {
        long bytes = ELEMENT
                + texts(
                        trace.name(),
                        trace.externalId(),
                        trace.environment(),
                        trace.sessionId(),
                        trace.endUserId(),
                        trace.providerName(),
                        trace.modelName(),
                        trace.errorType(),
                        trace.errorMessage())
                + Footprint.of(trace.input())
                + Footprint.of(trace.output())
                + Footprint.of(trace.metadata());
        for (NewSpan span : trace.spans()) {
            bytes += of(span);
        }
        return bytes;
    }

    private static long of(NewSpan span) {
        long bytes = ELEMENT
                + texts(
                        span.name(),
                        span.operationName(),
                        span.providerName(),
                        span.requestModel(),
                        span.responseModel(),
                        span.responseId(),
                        span.errorType(),
                        span.errorMessage())
                + Footprint.of(span.input())
                + Footprint.of(span.output())
                + Footprint.of(span.attributes())
                + Footprint.of(span.events());
        for (String reason : span.finishReasons()) {
            bytes += Footprint.of(reason);
        }
        return bytes;
    }

    private static long texts(@Nullable String... texts) {
        long bytes = 0;
        for (String text : texts) {
            bytes += Footprint.of(text);
        }
        return bytes;
    }
}
