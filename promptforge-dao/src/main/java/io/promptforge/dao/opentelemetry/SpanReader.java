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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Converts one span of OpenTelemetry, by the rules that {@link OpenTelemetryTraces} states. Not thread-safe. */
final class SpanReader {
    /** The parent of a root, as SDKs give it. */
    private static final String NO_PARENT = "0".repeat(16);

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_OPERATION = 100;
    private static final int LONGEST_MESSAGE = 10_000;
    private static final long BYTES_OF_DOCUMENT = 4_194_304;

    private final OpenTelemetrySpan.Fields span;
    private final Attributes attributes;
    private final @Nullable Attributes exception;

    SpanReader(OpenTelemetrySpan span) {
        this.span = span.fields();
        this.attributes = Attributes.of(this.span.attributes);
        this.exception = exception(this.span);
    }

    /**
     * Converts the span.
     *
     * @param place its place in the list, for messages
     * @param serviceName the service that sent it; null if unknown
     */
    ReadSpan read(int place, @Nullable String serviceName) {
        UUID traceId = OpenTelemetryIds.traceId("trace_id", at("trace_id", place), span.traceId);
        UUID id = OpenTelemetryIds.spanId("span_id", at("span_id", place), span.spanId);
        UUID parentId = parentId(place);
        TraceContext context = TraceContext.of(attributes);

        Instant start = time(span.startEpochNanos > 0 ? span.startEpochNanos : Math.max(0, span.endEpochNanos));
        TokenCounts tokens = TokenCounts.lift(attributes);
        NewSpan read = NewSpan.of(id, name(), SpanKinds.of(attributes, !tokens.isEmpty()), status(), start)
                .endedAt(end(start));
        if (id.equals(parentId)) {
            attributes.add("otel.parent_span_id", span.parentSpanId);
        } else {
            read = read.parentId(parentId);
        }
        read = withModelCall(read.errorType(errorType()).errorMessage(errorMessage()))
                .inputTokens(tokens.input())
                .outputTokens(tokens.output())
                .cachedInputTokens(tokens.cachedInput())
                .cacheCreationInputTokens(tokens.cacheCreationInput())
                .reasoningOutputTokens(tokens.reasoningOutput())
                .input(Payloads.input(attributes))
                .output(Payloads.output(attributes));
        if (!span.links.isEmpty()) {
            attributes.add(
                    "otel.links", span.links.stream().map(SpanReader::link).toList());
        }
        if (serviceName != null) {
            attributes.add(AttributeNames.SERVICE_NAME.get(0), serviceName);
        }
        read = read.attributes(attributes.rest(BYTES_OF_DOCUMENT))
                .events(JsonbLimits.array(
                        span.events.stream().map(SpanReader::event).toList(), BYTES_OF_DOCUMENT));
        return new ReadSpan(traceId, read, read.parentId() == null, context);
    }

    private NewSpan withModelCall(NewSpan read) {
        return read.operationName(
                        attributes.lift(AttributeNames.OPERATION_NAME, AttributeParsers.text(LONGEST_OPERATION)))
                .providerName(attributes.lift(AttributeNames.PROVIDER_NAME, AttributeParsers.text(LONGEST_TEXT)))
                .requestModel(attributes.lift(AttributeNames.REQUEST_MODEL, AttributeParsers.text(LONGEST_TEXT)))
                .responseModel(attributes.lift(AttributeNames.RESPONSE_MODEL, AttributeParsers.text(LONGEST_TEXT)))
                .responseId(attributes.lift(AttributeNames.RESPONSE_ID, AttributeParsers.text(LONGEST_TEXT)))
                .finishReasons(attributes.lift(AttributeNames.FINISH_REASONS, AttributeParsers::texts))
                .maxTokens(attributes.lift(AttributeNames.MAX_TOKENS, AttributeParsers::count))
                .temperature(liftRounded(
                        AttributeNames.TEMPERATURE, AttributeParsers::temperature, AttributeParsers::exactTemperature))
                .timeToFirstToken(liftRounded(
                        AttributeNames.TIME_TO_FIRST_TOKEN, AttributeParsers::seconds, AttributeParsers::exactSeconds));
    }

    /** The value, rounded to what its column can hold; the attribute is kept if the value was rounded. */
    private <T> @Nullable T liftRounded(
            List<String> names, Function<Object, @Nullable T> rounded, Function<Object, @Nullable T> exact) {
        T value = attributes.peek(names, rounded);
        attributes.lift(names, exact);
        return value;
    }

    private @Nullable UUID parentId(int place) {
        String parent = span.parentSpanId;
        return parent == null || parent.isEmpty() || parent.equals(NO_PARENT)
                ? null
                : OpenTelemetryIds.spanId("parent_span_id", at("parent_span_id", place), parent);
    }

    private String name() {
        String name = span.name == null ? "" : PlainValues.text(span.name);
        if (!TextLimits.fits(name, LONGEST_NAME)) {
            attributes.add("otel.span.name", name);
        }
        String cut = TextLimits.cut(name, LONGEST_NAME);
        return TextLimits.isVisible(cut) ? cut : "(unnamed)";
    }

    /** A clock that was set back must not get the span refused. */
    private @Nullable Instant end(Instant start) {
        if (span.endEpochNanos == 0) {
            return null;
        }
        Instant end = time(span.endEpochNanos);
        if (end.isBefore(start)) {
            attributes.add("otel.end_time_unix_nano", span.endEpochNanos);
            return start;
        }
        return end;
    }

    private ExecutionStatus status() {
        if (span.endEpochNanos == 0) {
            return ExecutionStatus.RUNNING;
        }
        if (span.statusCode != StatusCode.ERROR) {
            return ExecutionStatus.SUCCESS;
        }
        return isTimeout() ? ExecutionStatus.TIMEOUT : ExecutionStatus.ERROR;
    }

    /** The convention's {@code timeout}, gRPC's {@code DEADLINE_EXCEEDED}, and exceptions with such a name. */
    private boolean isTimeout() {
        String type = attributes.peek(AttributeNames.ERROR_TYPE, AttributeParsers.text(Integer.MAX_VALUE));
        type = type != null ? type : fromException(AttributeNames.EXCEPTION_TYPE, Integer.MAX_VALUE);
        if (type == null) {
            return false;
        }
        String word = type.toLowerCase(Locale.ROOT).replaceFirst("(error|exception)$", "");
        return word.endsWith("timeout") || word.equals("deadline_exceeded");
    }

    private @Nullable String errorType() {
        String type = attributes.lift(AttributeNames.ERROR_TYPE, AttributeParsers.text(LONGEST_TEXT));
        return type != null ? type : fromException(AttributeNames.EXCEPTION_TYPE, LONGEST_TEXT);
    }

    private @Nullable String errorMessage() {
        String message = span.statusMessage == null ? "" : PlainValues.text(span.statusMessage);
        boolean told = TextLimits.isVisible(message) && span.statusCode == StatusCode.ERROR;
        if (!message.isEmpty() && !(told && TextLimits.fits(message, LONGEST_MESSAGE))) {
            attributes.add("otel.status_description", message);
        }
        if (told) {
            return TextLimits.cut(message, LONGEST_MESSAGE);
        }
        String other = attributes.lift(AttributeNames.ERROR_MESSAGE, AttributeParsers.text(LONGEST_MESSAGE));
        other = other != null ? other : fromException(AttributeNames.EXCEPTION_MESSAGE, Integer.MAX_VALUE);
        return other == null ? null : TextLimits.cut(other, LONGEST_MESSAGE);
    }

    private @Nullable String fromException(List<String> names, int most) {
        return exception == null ? null : exception.peek(names, AttributeParsers.text(most));
    }

    /** The last exception event of a span with an error, which is the one that ended it; handled exceptions are ignored. */
    private static @Nullable Attributes exception(OpenTelemetrySpan.Fields span) {
        return span.statusCode != StatusCode.ERROR
                ? null
                : span.events.stream()
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
}
