package io.promptforge.dao.trace;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.schema.type.ExecutionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All that a batch says of one trace, each span of it once. For one thread. */
final class IncomingTrace {
    /** As PostgreSQL orders them, so that whoever locks traces does so in one order. */
    private static final Comparator<UUID> BY_ID = Comparator.comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private final UUID id;
    private final Map<UUID, Known<NewSpan>> spans = new LinkedHashMap<>();
    private @Nullable Known<NewTrace> record;
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

    /** Spans of a trace of which nothing else is said. */
    static IncomingTrace of(UUID traceId, List<NewSpan> spans) {
        IncomingTrace trace = new IncomingTrace(traceId);
        spans.forEach(trace::add);
        return trace;
    }

    UUID id() {
        return id;
    }

    /** What is said of the trace itself, never mind its spans; null for nothing, not even the project. */
    @Nullable Known<NewTrace> record() {
        return record;
    }

    /** The earliest start that any record of its spans named; null without spans. */
    @Nullable Instant firstSpanAt() {
        return firstSpanAt;
    }

    /** What is said of its spans, by their ids. */
    Map<UUID, Known<NewSpan>> spans() {
        return spans;
    }

    private void add(NewTrace said, List<NewSpan> itsSpans) {
        if (said.startedAt() == null && itsSpans.isEmpty()) {
            throw new InvalidValueException(
                    "spans", "A trace of which only spans are known needs one; " + id + " has none.", null);
        }
        Known<NewTrace> known = Known.from(said, said.status() != ExecutionStatus.RUNNING);
        refuseOtherProject(said);
        record = record == null ? known : TraceMerge.merge(record, known);
        itsSpans.forEach(this::add);
    }

    private void add(NewSpan said) {
        spans.merge(said.id(), Known.from(said, said.status() != ExecutionStatus.RUNNING), SpanMerge::merge);
        firstSpanAt = Precedence.orNull(firstSpanAt, said.startedAt(), Precedence::least);
    }

    /** A trace stays in its project. */
    void refuseOtherProject(NewTrace known) {
        if (record != null && !record.said().projectId().equals(known.projectId())) {
            throw new InvalidValueException("project_id", "The trace " + id + " belongs to another project.", null);
        }
    }
}
