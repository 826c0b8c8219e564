package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Spans of OpenTelemetry as traces that can be recorded. No SDK is needed, nor a database; thread-safe.
 *
 * <p>Spans may come in any portions. A trace of which a portion has a root, that is, a span without a parent, gets its own
 * record from it: name, status, start and end, error, input, output, provider and model. Of several roots it is the one that
 * began first. A portion without a root says of the trace no more than its environment, session and end user, and its
 * resource as the metadata. These come from the resource, else from the root, else from the span that began first.
 *
 * <p>Attributes that have a column are lifted into it, those of the newest convention first; the tables of the package list
 * them. A column takes the first attribute that it has room for, and this one leaves the attributes of the span; all others
 * stay there, among them older names of what has been lifted, and what tells of the trace as a whole.
 *
 * <p><b>Nothing but a malformed id is refused</b>: one careless span must not fail a batch of thousands. Instead
 * <ul>
 *   <li>a number that comes as a text is read as one; a whole number is read as an id;
 *   <li>a value that its column has no room for (of another type, blank, too long, negative, too great) stays among the
 *       attributes, and the column stays empty. So does a value of which the column can't keep all digits, beside the column;
 *   <li>the name and the status message are cut to their column; all of them is in the attributes {@code otel.span.name} and
 *       {@code otel.status_description}. A span without a name is called {@code (unnamed)};
 *   <li>parts of the input tokens (read from and written to a cache) that are together more than the whole were counted apart
 *       from it, as some providers do; then the column has the sum, and what was sent as the whole stays among the
 *       attributes. The same goes for reasoning and the output tokens;
 *   <li>times are cut to microseconds. An end before the start becomes the start, and is kept as the attribute
 *       {@code otel.end_time_unix_nano}. A span without a start began when it ended, or in 1970. Without an end it is
 *       running, whatever its status says;
 *   <li>an error's type and message are those of the attributes and the status, else those of the last {@code exception}
 *       event of a span whose status is {@code ERROR}. It is a timeout if its type is {@code timeout},
 *       {@code DEADLINE_EXCEEDED}, or ends with {@code Timeout}, {@code TimeoutError} or {@code TimeoutException};
 *   <li>a span that is its own parent becomes a root, and keeps {@code otel.parent_span_id};
 *   <li>links are kept as the attribute {@code otel.links}, and the resource's {@code service.name} as an attribute of each
 *       span, since a trace may have spans of many services, but keeps one resource;
 *   <li>the text of a JSON object or array becomes what it says where it is an input or an output;
 *   <li>NUL and halves of characters, which PostgreSQL can't store, become U+FFFD. NaN, infinities and numbers of more than
 *       500 digits become texts, bytes become their base64. Names of attributes end after 1,000 characters, and values after
 *       100 levels of nesting;
 *   <li>attributes, events and metadata that are too big for their column (4 MiB, 4 MiB and 256 KiB) lose the ends of long
 *       texts, then single values, then the last of the attributes and events; each of these leaves a note.
 * </ul>
 */
public final class OpenTelemetryTraces {
    private static final long BYTES_OF_METADATA = 262_144;
    private static final int LONGEST_SERVICE_NAME = 200;

    private OpenTelemetryTraces() {}

    /**
     * The traces that these spans are steps of, in the order of their first spans, for
     * {@link io.promptforge.dao.trace.TraceRepository#record(List)}.
     *
     * @param projectId the project they belong to
     * @param resource the attributes of what sent the spans
     * @param spans spans of one resource, of any traces, in any order; a portion of them or all
     * @throws InvalidValueException if an id of a span is malformed; the message tells its place in the list, from 0
     */
    public static List<NewTrace> of(UUID projectId, Map<String, ?> resource, List<OpenTelemetrySpan> spans) {
        Check.present("project_id", projectId);
        Attributes shared = Attributes.of(Check.present("resource", resource));
        String service = shared.peek(Names.SERVICE_NAME, Readings.text(LONGEST_SERVICE_NAME));
        Map<UUID, List<ReadSpan>> portions = new LinkedHashMap<>();
        Check.present("spans", spans);
        for (int place = 0; place < spans.size(); place++) {
            ReadSpan read = new SpanReader(present(spans.get(place), place)).read(place, service);
            portions.computeIfAbsent(read.traceId(), id -> new ArrayList<>()).add(read);
        }
        return portions.entrySet().stream()
                .map(portion -> trace(portion.getKey(), projectId, shared, portion.getValue()))
                .toList();
    }

    private static NewTrace trace(UUID id, UUID projectId, Attributes resource, List<ReadSpan> spans) {
        List<ReadSpan> ranked = spans.stream().sorted(ReadSpan.BY_RANK).toList();
        NewTrace.Builder trace =
                ranked.get(0).isRoot() ? own(id, projectId, ranked.get(0).span()) : NewTrace.builder(id, projectId);
        TraceContext context = TraceContext.first(Stream.concat(
                Stream.of(TraceContext.of(resource)), ranked.stream().map(ReadSpan::context)));
        set(trace::environment, context.environment());
        set(trace::sessionId, context.sessionId());
        set(trace::endUserId, context.endUserId());
        return trace.metadata(resource.rest(BYTES_OF_METADATA))
                .spans(spans.stream().map(ReadSpan::span).toList())
                .build();
    }

    /** The record that the root span is of the trace. */
    private static NewTrace.Builder own(UUID id, UUID projectId, NewSpan root) {
        NewTrace.Builder trace = NewTrace.builder(id, projectId, root.name(), root.status(), root.startedAt());
        set(trace::endedAt, root.endedAt());
        set(trace::providerName, root.providerName());
        set(trace::modelName, root.responseModel() != null ? root.responseModel() : root.requestModel());
        set(trace::errorType, root.errorType());
        set(trace::errorMessage, root.errorMessage());
        set(trace::input, root.input());
        set(trace::output, root.output());
        return trace;
    }

    private static OpenTelemetrySpan present(@Nullable OpenTelemetrySpan span, int place) {
        if (span == null) {
            throw new InvalidValueException("spans", "The element " + place + " of spans must not be null.", null);
        }
        return span;
    }

    private static <T> void set(Consumer<T> setter, @Nullable T value) {
        if (value != null) {
            setter.accept(value);
        }
    }
}
