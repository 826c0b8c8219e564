package io.promptforge.dao.trace.ingest;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record of a trace and its spans, as it comes in.
 *
 * @param id the trace
 * @param fields what is reported of the trace itself; null if only spans of a stored trace are given
 * @param spans what is reported of its spans
 */
public record ReportedTrace(UUID id, @Nullable TraceFields fields, List<SpanFields> spans) {
    ReportedTrace withSpans(List<SpanFields> some) {
        return new ReportedTrace(id, fields, some);
    }
}
