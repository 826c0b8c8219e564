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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Converts spans of OpenTelemetry into traces that can be recorded. Needs neither an SDK nor a database. Thread-safe.
 *
 * <p>The spans of a trace may come in several portions, in any order. A portion that contains a root, that is, a span without a
 * parent, gives the trace its own record: name, status, start and end, error, input, output, provider and model are those of the
 * root; of several roots, of the one that started first. A portion without a root gives only the environment, session and end user
 * of the trace, and its resource as the metadata. Environment, session and end user come from the resource, else from the root,
 * else from the span that started first.
 *
 * <p>Attributes that have a column are moved into it, those of the newest convention first; the tables of the package list them. A
 * column takes the first attribute whose value fits, which is then removed from the attributes of the span. All others stay there,
 * including older names of a moved attribute, and attributes of the trace as a whole.
 *
 * <p><b>Only malformed ids are refused</b>, so that one careless span cannot fail a batch of thousands. Otherwise
 * <ul>
 *   <li>a number given as a text is read as a number, and a whole number as an id;
 *   <li>a value that does not fit its column (another type, blank, too long, negative, too great) stays among the attributes, and
 *       the column stays empty. A value of which the column cannot keep all digits is rounded, and stays among the attributes, too;
 *   <li>the name and the status message are cut to their column; the whole is kept in the attributes {@code otel.span.name} and
 *       {@code otel.status_description}. A span without a name is named {@code (unnamed)};
 *   <li>parts of the input tokens (read from and written to a cache) that together exceed the whole were counted apart from it, as
 *       some providers do; then the column has the sum, and the reported whole stays among the attributes. Likewise the
 *       reasoning tokens and the output tokens;
 *   <li>times are cut to microseconds. An end before the start becomes the start, and is kept as the attribute
 *       {@code otel.end_time_unix_nano}. A span without a start starts at its end, or in 1970. A span without an end is running,
 *       whatever its status is;
 *   <li>the type and message of an error are those of the attributes and the status, else those of the last {@code exception}
 *       event of a span with the status {@code ERROR}. The status is {@code TIMEOUT} if the type is {@code timeout},
 *       {@code DEADLINE_EXCEEDED}, or ends with {@code Timeout}, {@code TimeoutError} or {@code TimeoutException};
 *   <li>a span that is its own parent becomes a root, and keeps {@code otel.parent_span_id};
 *   <li>links are kept as the attribute {@code otel.links}, and the resource's {@code service.name} as an attribute of each span,
 *       since a trace may have spans of many services, but keeps one resource;
 *   <li>an input or output that is the text of a JSON object or array is parsed;
 *   <li>NUL and unpaired surrogates, which PostgreSQL cannot store, become U+FFFD. NaN, infinities and numbers of more than
 *       500 digits become texts, and bytes become their base64. Names of attributes are cut to 1,000 characters, and values to
 *       100 levels of nesting;
 *   <li>attributes, events and metadata that exceed their column (4 MiB, 4 MiB and 256 KiB) lose the ends of long texts, then
 *       single values, then the last attributes and events; each of these leaves a note.
 * </ul>
 */
public final class OpenTelemetryTraces {
    private static final long BYTES_OF_METADATA = 262_144;
    private static final int LONGEST_SERVICE_NAME = 200;

    private OpenTelemetryTraces() {}

    /**
     * Converts spans into their traces, in the order of their first spans, for
     * {@link io.promptforge.dao.trace.TraceRepository#record(List)}.
     *
     * @param projectId the project they belong to
     * @param resource the attributes of the resource that sent the spans
     * @param spans spans of this resource, of any traces, in any order
     * @throws InvalidValueException if an id of a span is malformed; the message has its place in the list, from 0
     */
    public static List<NewTrace> of(UUID projectId, Map<String, ?> resource, List<OpenTelemetrySpan> spans) {
        Check.present("project_id", projectId);
        Attributes shared = Attributes.of(Check.present("resource", resource));
        String service = shared.peek(AttributeNames.SERVICE_NAME, AttributeParsers.text(LONGEST_SERVICE_NAME));
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
        List<NewSpan> converted = spans.stream().map(ReadSpan::span).toList();
        NewTrace trace = ranked.get(0).isRoot()
                ? ofRoot(id, projectId, ranked.get(0).span()).spans(converted)
                : NewTrace.ofSpans(id, projectId, converted);
        TraceContext context = TraceContext.first(Stream.concat(
                Stream.of(TraceContext.of(resource)), ranked.stream().map(ReadSpan::context)));
        return trace.environment(context.environment())
                .sessionId(context.sessionId())
                .endUserId(context.endUserId())
                .metadata(resource.rest(BYTES_OF_METADATA));
    }

    private static NewTrace ofRoot(UUID id, UUID projectId, NewSpan root) {
        return NewTrace.of(id, projectId, root.name(), root.status(), root.startedAt())
                .endedAt(root.endedAt())
                .providerName(root.providerName())
                .modelName(root.responseModel() != null ? root.responseModel() : root.requestModel())
                .errorType(root.errorType())
                .errorMessage(root.errorMessage())
                .input(root.input())
                .output(root.output());
    }

    private static OpenTelemetrySpan present(@Nullable OpenTelemetrySpan span, int place) {
        if (span == null) {
            throw new InvalidValueException("spans", "The element " + place + " of spans must not be null.", null);
        }
        return span;
    }
}
