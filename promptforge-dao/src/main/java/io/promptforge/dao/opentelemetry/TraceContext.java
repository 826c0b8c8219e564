package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.ingest.ReportedPrompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What attributes of the resource and of spans report for their trace: for each field, the first report counts. The attributes stay
 * where they are, since each span may report something else.
 */
final class TraceContext {
    private static final int BYTES_OF_METADATA = 262_144;

    private final Attributes resource;
    private final List<Attributes> reports;

    /** The reports of the resource and of these spans, which are in the order in which they count. */
    TraceContext(Attributes resource, List<ReadSpan> ranked) {
        this.resource = resource;
        this.reports = new ArrayList<>();
        reports.add(resource);
        ranked.forEach(read -> reports.add(read.attributes()));
    }

    /** The trace with what is reported for it. */
    NewTrace reported(NewTrace trace) {
        return trace.name(first(AttributeTable.TRACE_NAME))
                .environment(first(AttributeTable.ENVIRONMENT))
                .sessionId(first(AttributeTable.SESSION))
                .endUserId(first(AttributeTable.END_USER))
                .tags(first(AttributeTable.TAGS))
                .metadata(metadata());
    }

    /** The trace with what its root reports of it; of several roots, each of which may come in a call of its own, the ingest finds the first. */
    NewTrace ofRoot(NewTrace trace, NewSpan root) {
        Json input = first(AttributeTable.TRACE_INPUT);
        Json output = first(AttributeTable.TRACE_OUTPUT);
        return trace.input(input != null ? input : root.input()).output(output != null ? output : root.output());
    }

    /** The first report of a field; null if there is none. */
    <T> @Nullable T first(Row<T> row) {
        for (Attributes report : reports) {
            T value = row.read(report);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private Json metadata() {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        put(metadata, ReportedPrompt.MEMBER, prompt());
        resource.left().forEach((name, value) -> put(metadata, name, value));
        for (Attributes report : reports) {
            for (String prefix : AttributeTable.METADATA_PREFIXES) {
                report.withPrefix(prefix).forEach((name, value) -> put(metadata, name, value));
            }
            Map<String, @Nullable Object> members = AttributeTable.METADATA.read(report);
            if (members != null) {
                members.forEach((name, value) -> put(metadata, name, value));
            }
        }
        return Json.storable(metadata, BYTES_OF_METADATA);
    }

    /** The id, name and version of one report, since those of two would be no prompt version; null if there is none. */
    private @Nullable Json prompt() {
        for (Attributes report : reports) {
            UUID id = AttributeTable.PROMPT_VERSION_ID.read(report);
            String name = AttributeTable.PROMPT_NAME.read(report);
            if (id != null || name != null) {
                return new ReportedPrompt(id, name, AttributeTable.PROMPT_VERSION.read(report)).toJson();
            }
        }
        return null;
    }

    private static void put(Map<String, @Nullable Object> metadata, String name, @Nullable Object value) {
        if (value != null) {
            metadata.putIfAbsent(name, value);
        }
    }
}
