package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A span in the terms of the OpenTelemetry protocol, from any SDK or format. Immutable and thread-safe, except for maps and lists
 * inside of attributes, which must not change until the span has been converted. Only null is refused here, with an {@link
 * io.promptforge.dao.error.InvalidValueException}; {@link OpenTelemetryTraces} says how values are converted.
 *
 * <p>The values of attributes are texts, booleans, numbers, bytes, null, and lists, arrays and maps of these; of any other object
 * {@code toString()} is taken. What the protocol has beside these fields goes under the attributes that OpenTelemetry defines for
 * formats without such a field, for example {@code otel.scope.name}; the URL of the schema under {@code otel.schema_url}. Both help
 * to read the counts of tokens.
 */
public final class OpenTelemetrySpan extends Input<OpenTelemetrySpan> {
    private final Fields fields;

    private OpenTelemetrySpan(Fields fields) {
        super(fields);
        this.fields = fields;
    }

    /**
     * A running span without a parent, with the status {@link StatusCode#UNSET}.
     *
     * @param traceId an id as {@link OpenTelemetryIds#traceId(String)} reads it
     * @param spanId an id as {@link OpenTelemetryIds#spanId(String)} reads it
     * @param name what the step does
     * @param startEpochNanos the start in nanoseconds since 1970
     */
    public static OpenTelemetrySpan of(String traceId, String spanId, String name, long startEpochNanos) {
        return new OpenTelemetrySpan(new Fields(traceId, spanId, name, startEpochNanos));
    }

    /** The status of a span. */
    public enum StatusCode {
        /** Not set by the instrumentation; no error was seen. */
        UNSET,
        /** Set to success by the application. */
        OK,
        /** An error. */
        ERROR
    }

    /** Sets the span that called it, by an id as that of the span itself; null, empty or zeros for a root. */
    public OpenTelemetrySpan parentSpanId(@Nullable String id) {
        return with(f -> f.parentSpanId = id);
    }

    /** Sets whether the parent belongs to another process, which OTLP has as the flags {@code 0x100} and {@code 0x200}. */
    public OpenTelemetrySpan parentRemote(@Nullable Boolean remote) {
        return with(f -> f.parentRemote = remote);
    }

    /** Sets the end in nanoseconds since 1970; 0, the default, while it runs. */
    public OpenTelemetrySpan endEpochNanos(long nanos) {
        return with(f -> f.endEpochNanos = nanos);
    }

    /** Sets the status. */
    public OpenTelemetrySpan statusCode(StatusCode code) {
        Check.present("status_code", code);
        return with(f -> f.statusCode = code);
    }

    /** Sets the message of the status. */
    public OpenTelemetrySpan statusMessage(@Nullable String message) {
        return with(f -> f.statusMessage = message);
    }

    /** Sets the attributes. */
    public OpenTelemetrySpan attributes(Map<String, ?> map) {
        Map<String, ?> copy = copy("attributes", map);
        return with(f -> f.attributes = copy);
    }

    /** Adds an event, which happened at this time in nanoseconds since 1970. */
    public OpenTelemetrySpan event(String name, long epochNanos, Map<String, ?> attributes) {
        Event event = new Event(name, epochNanos, copy("attributes", attributes));
        return with(f -> f.events = and(f.events, event));
    }

    /** Adds a link to a span of this or another trace, by its ids as hexadecimal digits. */
    public OpenTelemetrySpan link(String traceId, String spanId, Map<String, ?> attributes) {
        Link link = new Link(traceId, spanId, copy("attributes", attributes));
        return with(f -> f.links = and(f.links, link));
    }

    Fields fields() {
        return fields;
    }

    private OpenTelemetrySpan with(Consumer<Fields> change) {
        Fields changed = fields.clone();
        change.accept(changed);
        return new OpenTelemetrySpan(changed);
    }

    /** Not {@code Map.copyOf}, which refuses null values. */
    private static Map<String, ?> copy(String field, Map<String, ?> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(Check.present(field, map)));
    }

    private static <T> List<T> and(List<T> list, T element) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return Collections.unmodifiableList(longer);
    }

    /** The ids, without the other values. */
    @Override
    public String toString() {
        return "OpenTelemetrySpan[" + fields.traceId + ", " + fields.spanId + "]";
    }

    /** The fields of a span; nothing changes them after they were handed on. */
    static final class Fields implements Cloneable {
        final String traceId;
        final String spanId;
        final String name;
        final long startEpochNanos;

        @Nullable String parentSpanId;

        @Nullable Boolean parentRemote;

        long endEpochNanos;
        StatusCode statusCode = StatusCode.UNSET;

        @Nullable String statusMessage;

        Map<String, ?> attributes = Map.of();
        List<Event> events = List.of();
        List<Link> links = List.of();

        Fields(String traceId, String spanId, String name, long startEpochNanos) {
            this.traceId = traceId;
            this.spanId = spanId;
            this.name = name;
            this.startEpochNanos = startEpochNanos;
        }

        private List<@Nullable Object> values() {
            return Arrays.asList(
                    traceId,
                    spanId,
                    name,
                    startEpochNanos,
                    parentSpanId,
                    parentRemote,
                    endEpochNanos,
                    statusCode,
                    statusMessage,
                    attributes,
                    events,
                    links);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Fields same && values().equals(same.values());
        }

        @Override
        public int hashCode() {
            return values().hashCode();
        }

        @Override
        public Fields clone() {
            try {
                return (Fields) super.clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Something that happened while a span ran. */
    record Event(String name, long epochNanos, Map<String, ?> attributes) {}

    /** A span that a span is linked with. */
    record Link(String traceId, String spanId, Map<String, ?> attributes) {}
}
