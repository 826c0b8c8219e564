package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.opentelemetry.OpenTelemetrySpan.Event;
import io.promptforge.dao.opentelemetry.OpenTelemetrySpan.Link;
import io.promptforge.dao.opentelemetry.OpenTelemetrySpan.StatusCode;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.schema.type.ExecutionStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns one span of OpenTelemetry into one of ours, by the rules that {@link OpenTelemetryTraces} states. For one thread. */
final class SpanReader {
    /** What SDKs give as the parent of a root. */
    private static final String NO_PARENT = "0".repeat(16);

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_OPERATION = 100;
    private static final int LONGEST_MESSAGE = 10_000;
    private static final long BYTES_OF_DOCUMENT = 4_194_304;

    private final OpenTelemetrySpan span;
    private final Attributes attributes;
    private final @Nullable Attributes exception;

    SpanReader(OpenTelemetrySpan span) {
        this.span = span;
        this.attributes = Attributes.of(span.attributes());
        this.exception = exception(span);
    }

    /** The span, as one that a service of this name sent. */
    ReadSpan read(int place, @Nullable String serviceName) {
        UUID traceId = OpenTelemetryIds.traceId("trace_id", at("trace_id", place), span.traceId());
        UUID id = OpenTelemetryIds.spanId("span_id", at("span_id", place), span.spanId());
        UUID parentId = parentId(place);
        TraceContext context = TraceContext.of(attributes);

        Instant start = time(span.startEpochNanos() > 0 ? span.startEpochNanos() : Math.max(0, span.endEpochNanos()));
        TokenCounts tokens = TokenCounts.lift(attributes);
        NewSpan.Builder ours =
                NewSpan.builder(id, name(), SpanKinds.of(attributes, !tokens.isEmpty()), status(), start);
        set(ours::endedAt, end(start));
        if (id.equals(parentId)) {
            attributes.add("otel.parent_span_id", span.parentSpanId());
        } else {
            set(ours::parentId, parentId);
        }
        set(ours::errorType, errorType());
        set(ours::errorMessage, errorMessage());
        readModelCall(ours);
        set(ours::inputTokens, tokens.input());
        set(ours::outputTokens, tokens.output());
        set(ours::cachedInputTokens, tokens.cachedInput());
        set(ours::cacheCreationInputTokens, tokens.cacheCreationInput());
        set(ours::reasoningOutputTokens, tokens.reasoningOutput());
        set(ours::input, Payloads.input(attributes));
        set(ours::output, Payloads.output(attributes));
        if (!span.links().isEmpty()) {
            attributes.add(
                    "otel.links", span.links().stream().map(SpanReader::link).toList());
        }
        if (serviceName != null) {
            attributes.add(Names.SERVICE_NAME.get(0), serviceName);
        }
        ours.attributes(attributes.rest(BYTES_OF_DOCUMENT));
        ours.events(Room.array(span.events().stream().map(SpanReader::event).toList(), BYTES_OF_DOCUMENT));
        NewSpan read = ours.build();
        return new ReadSpan(traceId, read, read.parentId() == null, context);
    }

    private void readModelCall(NewSpan.Builder ours) {
        set(ours::operationName, attributes.lift(Names.OPERATION_NAME, Readings.text(LONGEST_OPERATION)));
        set(ours::providerName, attributes.lift(Names.PROVIDER_NAME, Readings.text(LONGEST_TEXT)));
        set(ours::requestModel, attributes.lift(Names.REQUEST_MODEL, Readings.text(LONGEST_TEXT)));
        set(ours::responseModel, attributes.lift(Names.RESPONSE_MODEL, Readings.text(LONGEST_TEXT)));
        set(ours::responseId, attributes.lift(Names.RESPONSE_ID, Readings.text(LONGEST_TEXT)));
        set(ours::finishReasons, attributes.lift(Names.FINISH_REASONS, Readings::texts));
        set(ours::maxTokens, attributes.lift(Names.MAX_TOKENS, Readings::count));
        // What the column has no digits for stays among the attributes as well.
        set(ours::temperature, attributes.peek(Names.TEMPERATURE, Readings::temperature));
        attributes.lift(Names.TEMPERATURE, Readings::exactTemperature);
        set(ours::timeToFirstToken, attributes.peek(Names.TIME_TO_FIRST_TOKEN, Readings::seconds));
        attributes.lift(Names.TIME_TO_FIRST_TOKEN, Readings::exactSeconds);
    }

    private @Nullable UUID parentId(int place) {
        String parent = span.parentSpanId();
        return parent == null || parent.isEmpty() || parent.equals(NO_PARENT)
                ? null
                : OpenTelemetryIds.spanId("parent_span_id", at("parent_span_id", place), parent);
    }

    private String name() {
        String name = span.name() == null ? "" : PlainValues.text(span.name());
        if (!Texts.fits(name, LONGEST_NAME)) {
            attributes.add("otel.span.name", name);
        }
        String cut = Texts.cut(name, LONGEST_NAME);
        return Texts.isVisible(cut) ? cut : "(unnamed)";
    }

    /** A clock that was set back must not make the span one that never was. */
    private @Nullable Instant end(Instant start) {
        if (span.endEpochNanos() == 0) {
            return null;
        }
        Instant end = time(span.endEpochNanos());
        if (end.isBefore(start)) {
            attributes.add("otel.end_time_unix_nano", span.endEpochNanos());
            return start;
        }
        return end;
    }

    private ExecutionStatus status() {
        if (span.endEpochNanos() == 0) {
            return ExecutionStatus.RUNNING;
        }
        if (span.statusCode() != StatusCode.ERROR) {
            return ExecutionStatus.SUCCESS;
        }
        return isTimeout() ? ExecutionStatus.TIMEOUT : ExecutionStatus.ERROR;
    }

    /** The convention's {@code timeout}, gRPC's {@code DEADLINE_EXCEEDED}, and exceptions that are called after it. */
    private boolean isTimeout() {
        String type = attributes.peek(Names.ERROR_TYPE, Readings.text(Integer.MAX_VALUE));
        type = type != null ? type : fromException(Names.EXCEPTION_TYPE, Integer.MAX_VALUE);
        if (type == null) {
            return false;
        }
        String word = type.toLowerCase(Locale.ROOT).replaceFirst("(error|exception)$", "");
        return word.endsWith("timeout") || word.equals("deadline_exceeded");
    }

    private @Nullable String errorType() {
        String type = attributes.lift(Names.ERROR_TYPE, Readings.text(LONGEST_TEXT));
        return type != null ? type : fromException(Names.EXCEPTION_TYPE, LONGEST_TEXT);
    }

    private @Nullable String errorMessage() {
        String message = span.statusMessage() == null ? "" : PlainValues.text(span.statusMessage());
        boolean told = Texts.isVisible(message) && span.statusCode() == StatusCode.ERROR;
        if (!message.isEmpty() && !(told && Texts.fits(message, LONGEST_MESSAGE))) {
            attributes.add("otel.status_description", message);
        }
        if (told) {
            return Texts.cut(message, LONGEST_MESSAGE);
        }
        String other = attributes.lift(Names.ERROR_MESSAGE, Readings.text(LONGEST_MESSAGE));
        other = other != null ? other : fromException(Names.EXCEPTION_MESSAGE, Integer.MAX_VALUE);
        return other == null ? null : Texts.cut(other, LONGEST_MESSAGE);
    }

    private @Nullable String fromException(List<String> names, int most) {
        return exception == null ? null : exception.peek(names, Readings.text(most));
    }

    /** The last exception of a span with an error: it is the one that ended it. One that was handled is no error. */
    private static @Nullable Attributes exception(OpenTelemetrySpan span) {
        return span.statusCode() != StatusCode.ERROR
                ? null
                : span.events().stream()
                        .filter(event -> "exception".equals(event.name()))
                        .reduce((earlier, later) -> later)
                        .map(event -> Attributes.of(event.attributes()))
                        .orElse(null);
    }

    private static Map<String, @Nullable Object> event(Event event) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("name", PlainValues.text(String.valueOf(event.name())));
        object.put("time", Instant.ofEpochSecond(0, event.epochNanos()).toString());
        object.put("attributes", PlainValues.of(event.attributes()));
        return object;
    }

    private static Map<String, @Nullable Object> link(Link link) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("trace_id", link.traceId());
        object.put("span_id", link.spanId());
        object.put("attributes", link.attributes());
        return object;
    }

    private static Instant time(long epochNanos) {
        return Instant.ofEpochSecond(0, epochNanos).truncatedTo(ChronoUnit.MICROS);
    }

    private static String at(String field, int place) {
        return "The " + field + " of the element " + place + " of spans";
    }

    private static <T> void set(Consumer<T> setter, @Nullable T value) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
