package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.internal.check.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span as OpenTelemetry has it, in the terms of its protocol, whatever the SDK or the format that it came by. Nothing of it
 * is judged here; {@link OpenTelemetryTraces} says what becomes of it.
 *
 * <p>Values of attributes are texts, booleans, numbers, bytes, null, and lists, arrays and maps of these; what is neither is
 * taken as the text it gives of itself. Maps and lists in them must not change until the span has been turned into a trace's.
 * What the protocol knows beside these fields goes under the attributes that OpenTelemetry has for it where a format has no
 * field, such as {@code otel.scope.name}.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param parentSpanId the same of the span that called it; null, empty or zeros for a root
 * @param name what the step does
 * @param startEpochNanos when it began, in nanoseconds since 1970
 * @param endEpochNanos when it ended, in nanoseconds since 1970; 0 while it runs
 * @param statusCode how it went
 * @param statusMessage what its status says in words, or null
 * @param attributes its attributes
 * @param events its events, in their order
 * @param links the spans it is linked with
 */
public record OpenTelemetrySpan(
        String traceId,
        String spanId,
        @Nullable String parentSpanId,
        String name,
        long startEpochNanos,
        long endEpochNanos,
        StatusCode statusCode,
        @Nullable String statusMessage,
        Map<String, ?> attributes,
        List<Event> events,
        List<Link> links) {
    /** Copies its maps and lists. */
    public OpenTelemetrySpan {
        Check.present("status_code", statusCode);
        attributes = copy("attributes", attributes);
        events = List.copyOf(Check.present("events", events));
        links = List.copyOf(Check.present("links", links));
    }

    /** How a span went, as the instrumentation says. */
    public enum StatusCode {
        /** It doesn't say; no error was seen. */
        UNSET,
        /** Well, as somebody made sure. */
        OK,
        /** With an error. */
        ERROR
    }

    /**
     * Something that happened while a span ran.
     *
     * @param name what happened
     * @param epochNanos when, in nanoseconds since 1970
     * @param attributes its attributes
     */
    public record Event(String name, long epochNanos, Map<String, ?> attributes) {
        /** Copies the attributes. */
        public Event {
            attributes = copy("attributes", attributes);
        }
    }

    /**
     * A span that a span has to do with, of its own trace or another.
     *
     * @param traceId 32 hexadecimal digits
     * @param spanId 16 hexadecimal digits
     * @param attributes its attributes
     */
    public record Link(String traceId, String spanId, Map<String, ?> attributes) {
        /** Copies the attributes. */
        public Link {
            attributes = copy("attributes", attributes);
        }
    }

    /** A builder of a span: its ids as hexadecimal digits, its name, and when it began in nanoseconds since 1970. */
    public static Builder builder(String traceId, String spanId, String name, long startEpochNanos) {
        return new Builder(traceId, spanId, name, startEpochNanos);
    }

    /** Not {@code Map.copyOf}, which takes no null. */
    private static Map<String, ?> copy(String field, Map<String, ?> attributes) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(Check.present(field, attributes)));
    }

    /** Collects what is known of a span. For one thread. */
    public static final class Builder {
        private final String traceId;
        private final String spanId;
        private final String name;
        private final long startEpochNanos;
        private @Nullable String parentSpanId;
        private long endEpochNanos = 0;
        private StatusCode statusCode = StatusCode.UNSET;
        private @Nullable String statusMessage;
        private Map<String, ?> attributes = Map.of();
        private final List<Event> events = new ArrayList<>();
        private final List<Link> links = new ArrayList<>();

        private Builder(String traceId, String spanId, String name, long startEpochNanos) {
            this.traceId = traceId;
            this.spanId = spanId;
            this.name = name;
            this.startEpochNanos = startEpochNanos;
        }

        /** The span that called it, as 16 hexadecimal digits; null, empty or zeros for a root. */
        public Builder parentSpanId(@Nullable String value) {
            parentSpanId = value;
            return this;
        }

        /** When it ended, in nanoseconds since 1970; 0 while it runs. */
        public Builder endEpochNanos(long value) {
            endEpochNanos = value;
            return this;
        }

        /** How it went, and what is said of it; null for nothing. */
        public Builder status(StatusCode code, @Nullable String message) {
            statusCode = code;
            statusMessage = message;
            return this;
        }

        /** Its attributes. */
        public Builder attributes(Map<String, ?> value) {
            attributes = value;
            return this;
        }

        /** One more event, at a time in nanoseconds since 1970. */
        public Builder event(String eventName, long epochNanos, Map<String, ?> eventAttributes) {
            events.add(new Event(eventName, epochNanos, eventAttributes));
            return this;
        }

        /** One more span that it has to do with, by its ids as hexadecimal digits. */
        public Builder link(String linkedTraceId, String linkedSpanId, Map<String, ?> linkAttributes) {
            links.add(new Link(linkedTraceId, linkedSpanId, linkAttributes));
            return this;
        }

        /** The span. */
        public OpenTelemetrySpan build() {
            return new OpenTelemetrySpan(
                    traceId,
                    spanId,
                    parentSpanId,
                    name,
                    startEpochNanos,
                    endEpochNanos,
                    statusCode,
                    statusMessage,
                    attributes,
                    events,
                    links);
        }
    }
}
