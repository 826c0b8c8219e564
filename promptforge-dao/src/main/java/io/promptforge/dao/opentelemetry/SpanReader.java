package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.opentelemetry.OpenTelemetrySpan.Link;
import io.promptforge.dao.opentelemetry.OpenTelemetrySpan.StatusCode;
import io.promptforge.dao.opentelemetry.ReadSpan.Rank;
import io.promptforge.dao.text.StorableText;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Converts one span of OpenTelemetry, by the rules that {@link OpenTelemetryTraces} states. Not thread-safe. */
final class SpanReader {
    /** The parent of a root, as SDKs give it: zeros, also as base64. */
    private static final Pattern NO_PARENT = Pattern.compile("\\s*(0*|A{11}=?)\\s*");

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_MESSAGE = 10_000;
    private static final Duration LONGEST_WAIT = Duration.ofDays(100 * 365);
    private static final int BYTES_OF_DOCUMENT = 4_194_304;

    private final OpenTelemetrySpan.Fields span;
    private final Attributes attributes;
    private final SpanEvents events;
    private final boolean failed;
    private final @Nullable Attributes exception;

    SpanReader(OpenTelemetrySpan span) {
        this.span = span.fields();
        this.attributes = Attributes.of(this.span.attributes);
        this.events = SpanEvents.of(this.span.events);
        this.failed = this.span.statusCode == StatusCode.ERROR
                || (this.span.statusCode == StatusCode.UNSET && AttributeTable.IS_ERROR.read(attributes) != null);
        this.exception = failed ? events.lastException() : null;
    }

    /**
     * Converts the span.
     *
     * @param serviceName the service that sent it; null if unknown
     * @throws InvalidValueException if an id is malformed
     */
    ReadSpan read(@Nullable String serviceName) {
        UUID traceId = OpenTelemetryIds.traceId(span.traceId);
        UUID id = OpenTelemetryIds.spanId(span.spanId);
        UUID parentId = parentId();
        Instant start = time(span.startEpochNanos > 0 ? span.startEpochNanos : Math.max(0, span.endEpochNanos));

        ModelNames names = ModelNames.lift(attributes);
        SpanKind kind = AttributeTable.KIND.read(attributes);
        TokenCounts tokens = TokenCounts.read(attributes, names.provider(), names.model(), kind);
        kind = kind != null ? kind : tokens.isEmpty() ? SpanKind.OTHER : SpanKind.LLM;
        NewSpan read = NewSpan.of(id, name(), kind, status(), start).endedAt(end(start));
        if (id.equals(parentId)) {
            attributes.add("otel.parent_span_id", span.parentSpanId);
        } else {
            read = read.parentId(parentId).parentRemote(parentRemote());
        }
        read = withModelCall(read.errorType(errorType()).errorMessage(errorMessage()), names)
                .inputTokens(tokens.input())
                .outputTokens(tokens.output())
                .cachedInputTokens(tokens.cachedInput())
                .cacheCreationInputTokens(tokens.cacheCreationInput())
                .reasoningOutputTokens(tokens.reasoningOutput())
                .usage(tokens.others())
                .serviceTier(AttributeTable.SERVICE_TIER.lift(attributes))
                .cost(cost(tokens));
        read = withPayloads(read);
        addAttributes(serviceName);
        read = read.attributes(attributes.rest(BYTES_OF_DOCUMENT)).events(events.rest(BYTES_OF_DOCUMENT));
        return new ReadSpan(traceId, read, Rank.of(read), attributes);
    }

    private NewSpan withModelCall(NewSpan read, ModelNames names) {
        return read.operationName(AttributeTable.OPERATION_NAME.lift(attributes))
                .providerName(names.provider())
                .requestModel(names.requestModel())
                .responseModel(names.responseModel())
                .responseId(AttributeTable.RESPONSE_ID.lift(attributes))
                .finishReasons(AttributeTable.FINISH_REASONS.lift(attributes))
                .maxTokens(AttributeTable.MAX_TOKENS.lift(attributes))
                .temperature(AttributeTable.TEMPERATURE.lift(attributes))
                .timeToFirstToken(timeToFirstToken(read.startedAt()));
    }

    private NewSpan withPayloads(NewSpan read) {
        Json input = Payloads.input(attributes);
        Json output = Payloads.output(attributes);
        return read.input(input != null ? input : EventMessages.input(attributes, events))
                .output(output != null ? output : EventMessages.output(attributes, events));
    }

    /** As reported, else the sum of its parts, if none of them is missing. */
    private @Nullable BigDecimal cost(TokenCounts tokens) {
        BigDecimal cost = AttributeTable.COST.read(attributes);
        BigDecimal input = AttributeTable.INPUT_COST.read(attributes);
        BigDecimal output = AttributeTable.OUTPUT_COST.read(attributes);
        if (cost != null || input == null) {
            return cost;
        }
        boolean nothingWritten = tokens.output() == null || tokens.output() == 0;
        return output != null ? input.add(output) : nothingWritten ? input : null;
    }

    /** As reported, else by the moment of the first token. */
    private @Nullable Duration timeToFirstToken(Instant start) {
        Duration reported = AttributeTable.TIME_TO_FIRST_TOKEN.read(attributes);
        if (reported != null) {
            return isAfterEnd(reported, start)
                    ? reported.dividedBy(1_000).truncatedTo(ChronoUnit.MICROS)
                    : AttributeTable.TIME_TO_FIRST_TOKEN.lift(attributes);
        }
        Instant moment = AttributeTable.FIRST_TOKEN_AT.read(attributes);
        moment = moment != null ? moment : events.firstToken();
        Duration passed = moment == null ? null : Duration.between(start, moment);
        return passed == null || passed.isNegative() || passed.compareTo(LONGEST_WAIT) > 0 ? null : passed;
    }

    /** Whether seconds would be after the end of the span, where milliseconds are not: Strands Agents write these by a name for seconds. */
    private boolean isAfterEnd(Duration reported, Instant start) {
        Instant end = end(start);
        return end != null
                && start.plus(reported).isAfter(end)
                && !start.plus(reported.dividedBy(1_000)).isAfter(end);
    }

    /** What the protocol has beside the attributes, and no column has. */
    private void addAttributes(@Nullable String serviceName) {
        if (!span.links.isEmpty()) {
            attributes.add(
                    "otel.links", span.links.stream().map(SpanReader::link).toList());
        }
        if (serviceName != null) {
            attributes.add("service.name", serviceName);
        }
    }

    private @Nullable Boolean parentRemote() {
        return span.parentRemote != null ? span.parentRemote : AttributeTable.PARENT_IS_REMOTE.read(attributes);
    }

    private @Nullable UUID parentId() {
        String parent = span.parentSpanId;
        return parent == null || NO_PARENT.matcher(parent).matches()
                ? null
                : OpenTelemetryIds.spanId("parent_span_id", parent);
    }

    private String name() {
        String name = span.name == null ? "" : StorableText.of(span.name);
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
        if (failed) {
            return isTimeout() ? ExecutionStatus.TIMEOUT : ExecutionStatus.ERROR;
        }
        return span.endEpochNanos == 0 ? ExecutionStatus.RUNNING : ExecutionStatus.SUCCESS;
    }

    private boolean isTimeout() {
        String type = AttributeTable.ERROR_CODE.read(attributes);
        type = type != null || exception == null ? type : AttributeTable.EXCEPTION_TYPE.read(exception);
        String http = AttributeTable.HTTP_STATUS.read(attributes);
        return (type != null && Timeouts.isTimeout(type)) || (http != null && Timeouts.isTimeout(http));
    }

    private @Nullable String errorType() {
        String type = AttributeTable.ERROR_TYPE.lift(attributes);
        type = type != null || exception == null ? type : AttributeTable.EXCEPTION_TYPE.read(exception);
        return type == null || TextLimits.fits(type, LONGEST_TEXT) ? type : null;
    }

    private @Nullable String errorMessage() {
        String message = span.statusMessage == null ? "" : StorableText.of(span.statusMessage);
        boolean told = TextLimits.isVisible(message) && failed;
        if (!message.isEmpty() && !(told && TextLimits.fits(message, LONGEST_MESSAGE))) {
            attributes.add("otel.status_description", message);
        }
        if (told) {
            return TextLimits.cut(message, LONGEST_MESSAGE);
        }
        String other = AttributeTable.ERROR_MESSAGE.lift(attributes);
        other = other != null || exception == null ? other : AttributeTable.EXCEPTION_MESSAGE.read(exception);
        return other == null ? null : TextLimits.cut(other, LONGEST_MESSAGE);
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
}
