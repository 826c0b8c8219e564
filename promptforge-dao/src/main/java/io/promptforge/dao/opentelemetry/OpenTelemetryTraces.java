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
import org.jspecify.annotations.Nullable;

/**
 * Converts spans of OpenTelemetry into traces that can be recorded. Needs neither an SDK nor a database. Thread-safe.
 *
 * <p>The spans of a trace may come in several portions, in any order. Name, status, start, end and error of the trace are those of
 * its root, and provider and model those of the call that cost most, which are found when the spans are recorded; see {@link
 * io.promptforge.dao.trace.TraceRepository}. A portion that contains a root, that is, a span without a parent, gives input and output of
 * the trace; of several roots, that which started first does. Each portion gives what is reported for the trace as a whole: its name
 * if an attribute tells it, environment, session, end user, prompt version, and the resource as the metadata. That comes from the
 * resource, else from the root, else from the first span that another process called ({@link OpenTelemetrySpan#parentRemote}), else
 * from the span that started first.
 *
 * <p>Attributes that have a column are moved into it, those of the newest convention first; the tables of the package list them. A
 * column takes the first attribute whose value fits, which is then removed from the attributes of the span. All others stay there,
 * including older names of a moved attribute, attributes of the trace as a whole, and numbers of tokens and costs.
 *
 * <p><b>Nothing is refused but a span whose ids are malformed</b>, so that one careless span cannot fail a batch of thousands; it is
 * reported as {@linkplain MappedTraces#unread() unread}. Otherwise
 * <ul>
 *   <li>a number given as a text is read as a number, and a whole number as an id;
 *   <li>a value that does not fit its column (another type, blank, too long, negative, too great) stays among the attributes, and
 *       the column stays empty. A value of which the column cannot keep all digits is rounded, and stays among the attributes, too.
 *       A model named {@code none} or {@code unknown} is none;
 *   <li>a provider has one name ({@code google} for {@code gcp.gemini}, {@code vertex_ai} and others), by which its registered
 *       models are found; another name stays among the attributes;
 *   <li>the name and the status message are cut to their column; the whole is kept in the attributes {@code otel.span.name} and
 *       {@code otel.status_description}. A span without a name is named {@code (unnamed)};
 *   <li>input and output tokens include their parts, which are those read from and written to a cache, and reasoning. Whether a sender
 *       counted them so is decided by a reported total, the instrumentation ({@code otel.scope.name}), the names of the attributes,
 *       {@code otel.schema_url} and the provider; only if all that tells nothing, parts that exceed their whole were counted apart
 *       from it;
 *   <li>times are cut to microseconds. An end before the start becomes the start, and is kept as the attribute
 *       {@code otel.end_time_unix_nano}. A span without a start starts at its end, or in 1970. A span without an end is running,
 *       unless it has the status {@code ERROR};
 *   <li>the type and message of an error are those of the attributes and the status, else those of the last {@code exception}
 *       event of a span with an error. The status is {@code TIMEOUT} if the type is a timeout's: {@code timeout}, {@code
 *       DEADLINE_EXCEEDED}, {@code ETIMEDOUT}, the status 408 or 504 of HTTP, or an exception named so, such as {@code
 *       a.ReadTimeoutError};
 *   <li>a span that is its own parent becomes a root, and keeps {@code otel.parent_span_id};
 *   <li>links are kept as the attribute {@code otel.links}, and the resource's {@code service.name} as an attribute of each span,
 *       since a trace may have spans of many services, but keeps one resource;
 *   <li>an input or output that is the text of a JSON object or array is parsed. Messages that came as events are input and output;
 *       name, time and other attributes of the event stay;
 *   <li>the name and version of a prompt are kept in the metadata of the trace, as {@code promptforge.prompt.name} and {@code
 *       promptforge.prompt.version}; members of metadata of the trace are there, too;
 *   <li>NUL and unpaired surrogates, which PostgreSQL cannot store, become U+FFFD. NaN, infinities and numbers of more than
 *       1,000 digits become texts, and bytes become their base64. Names of attributes are cut to 1,000 characters, and values to
 *       100 levels of nesting;
 *   <li>attributes, events and metadata that exceed their column (4 MiB, 4 MiB and 256 KiB) lose the ends of long texts, then
 *       single values, then the last attributes and events; each of these leaves a note.
 * </ul>
 */
public final class OpenTelemetryTraces {
    private OpenTelemetryTraces() {}

    /**
     * Converts spans into their traces, for {@link io.promptforge.dao.trace.TraceRepository#record(List)}.
     *
     * @param projectId the project they belong to
     * @param resource the attributes of the resource that sent the spans
     * @param spans spans of this resource, of any traces, in any order
     */
    public static MappedTraces of(UUID projectId, Map<String, ?> resource, List<OpenTelemetrySpan> spans) {
        Check.present("project_id", projectId);
        Attributes shared = Attributes.of(Check.present("resource", resource));
        String service = AttributeTable.SERVICE_NAME.read(shared);
        Map<UUID, List<ReadSpan>> portions = new LinkedHashMap<>();
        List<UnreadSpan> unread = new ArrayList<>();
        int place = 0;
        for (OpenTelemetrySpan span : Check.present("spans", spans)) {
            try {
                ReadSpan read = new SpanReader(Check.present("spans", span)).read(service);
                portions.computeIfAbsent(read.traceId(), id -> new ArrayList<>())
                        .add(read);
            } catch (InvalidValueException e) {
                unread.add(unread(place, span, e.field(), e.problem() + " " + e.remedy()));
            } catch (RuntimeException e) {
                // A value of an attribute is a foreign object, whose methods may fail.
                unread.add(unread(
                        place,
                        span,
                        "spans",
                        "The value of an attribute fails with " + e.getClass().getName() + "."));
            }
            place++;
        }
        return new MappedTraces(
                portions.entrySet().stream()
                        .map(portion -> trace(portion.getKey(), projectId, shared, portion.getValue()))
                        .toList(),
                unread);
    }

    private static NewTrace trace(UUID id, UUID projectId, Attributes resource, List<ReadSpan> spans) {
        List<ReadSpan> ranked = spans.stream().sorted(ReadSpan.BY_RANK).toList();
        List<NewSpan> converted = spans.stream().map(ReadSpan::span).toList();
        TraceContext context = new TraceContext(resource, ranked);
        NewTrace trace = context.reported(NewTrace.ofSpans(id, projectId, converted));
        return ranked.get(0).isRoot() ? context.ofRoot(trace, ranked.get(0).span()) : trace;
    }

    private static UnreadSpan unread(int place, @Nullable OpenTelemetrySpan span, String field, String problem) {
        return new UnreadSpan(
                "spans[" + place + "]",
                span == null ? null : span.fields().traceId,
                span == null ? null : span.fields().spanId,
                field,
                problem);
    }
}
