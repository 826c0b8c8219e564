package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Spans as senders send them, and what is made of them. */
final class Sent {
    static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    static final String SPAN = "b7ad6b7169203331";
    static final UUID PROJECT = UUID.fromString("01936f00-0000-7000-8000-000000000001");

    /** 2026-11-22T12:00:00.123456789Z. */
    static final long START = 1_795_348_800_123_456_789L;

    static final long END = START + 2_000_000_000L;

    private Sent() {}

    /** A root that has ended. */
    static OpenTelemetrySpan root() {
        return OpenTelemetrySpan.of(TRACE, SPAN, "answer", START).endEpochNanos(END);
    }

    static NewTrace trace(OpenTelemetrySpan... spans) {
        return OpenTelemetryTraces.of(PROJECT, Map.of(), List.of(spans))
                .traces()
                .get(0);
    }

    static NewSpan span(OpenTelemetrySpan span) {
        return trace(span).spans().get(0);
    }

    static NewSpan span(Map<String, ?> attributes) {
        return span(root().attributes(attributes));
    }
}
