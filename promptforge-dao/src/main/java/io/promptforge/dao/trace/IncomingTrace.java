package io.promptforge.dao.trace;

import io.promptforge.dao.error.InvalidValueException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a batch reports of one trace, with each of its spans merged into one record. Not thread-safe. */
final class IncomingTrace {
    /** The order of PostgreSQL, so that all transactions lock traces in one order. */
    private static final Comparator<UUID> BY_ID = Comparator.comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private final UUID id;
    private final Map<UUID, MergedRecord<SpanFields>> spans = new LinkedHashMap<>();
    private @Nullable MergedRecord<TraceFields> record;
    private @Nullable Instant firstSpanAt;

    private IncomingTrace(UUID id) {
        this.id = id;
    }

    /** The traces of a batch in the order of their ids. */
    static List<IncomingTrace> of(List<NewTrace> batch) {
        Map<UUID, IncomingTrace> byId = new TreeMap<>(BY_ID);
        batch.forEach(
                record -> byId.computeIfAbsent(record.id(), IncomingTrace::new).add(record, record.spans()));
        return new ArrayList<>(byId.values());
    }

    /** A trace with some of its spans. */
    static IncomingTrace of(NewTrace record, List<NewSpan> spans) {
        IncomingTrace trace = new IncomingTrace(record.id());
        trace.add(record, spans);
        return trace;
    }

    /** Spans of a trace without a record of the trace itself. */
    static IncomingTrace of(UUID traceId, List<NewSpan> spans) {
        IncomingTrace trace = new IncomingTrace(traceId);
        spans.forEach(trace::add);
        return trace;
    }

    UUID id() {
        return id;
    }

    /** The merged records of the trace itself; null if only spans are given, without their project. */
    @Nullable MergedRecord<TraceFields> record() {
        return record;
    }

    /** The earliest start in a record of its spans; null without spans. */
    @Nullable Instant firstSpanAt() {
        return firstSpanAt;
    }

    /** The merged records of its spans, by their ids. */
    Map<UUID, MergedRecord<SpanFields>> spans() {
        return spans;
    }

    private void add(NewTrace trace, List<NewSpan> itsSpans) {
        TraceFields fields = trace.fields();
        MergedRecord<TraceFields> added = MergedRecord.of(fields, fields.hasEnded());
        refuseOtherProject(fields.projectId);
        record = record == null ? added : TraceColumns.merge(record, added);
        itsSpans.forEach(this::add);
    }

    private void add(NewSpan span) {
        SpanFields fields = span.fields();
        spans.merge(fields.id, MergedRecord.of(fields, fields.hasEnded()), SpanColumns::merge);
        firstSpanAt = MergeRules.orNull(firstSpanAt, fields.startedAt, MergeRules::least);
    }

    /** A trace stays in its project. */
    void refuseOtherProject(UUID projectId) {
        if (record != null && !record.fields().projectId.equals(projectId)) {
            throw new InvalidValueException("project_id", "The trace " + id + " belongs to another project.", null);
        }
    }
}
