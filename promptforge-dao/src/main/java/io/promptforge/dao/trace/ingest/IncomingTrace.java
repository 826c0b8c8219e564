package io.promptforge.dao.trace.ingest;

import java.util.ArrayList;
import java.util.Collection;
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
    static final Comparator<UUID> BY_ID = Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private final UUID id;
    private final Map<UUID, SpanFields> spans = new LinkedHashMap<>();
    private @Nullable TraceFields record;
    private @Nullable UUID fingerprint;

    private IncomingTrace(UUID id) {
        this.id = id;
    }

    /** The traces of a batch in the order of their ids. */
    static List<IncomingTrace> of(List<ReportedTrace> batch) {
        Map<UUID, IncomingTrace> byId = new TreeMap<>(BY_ID);
        batch.forEach(
                trace -> byId.computeIfAbsent(trace.id(), IncomingTrace::new).add(trace));
        return new ArrayList<>(byId.values());
    }

    UUID id() {
        return id;
    }

    /** What is reported of the trace itself; null if only spans are given, without their project. */
    @Nullable TraceFields record() {
        return record;
    }

    /** The fingerprint of what is reported of the trace itself; null if nothing is. */
    @Nullable UUID fingerprint() {
        if (fingerprint == null && record != null) {
            fingerprint = Fingerprint.of(record);
        }
        return fingerprint;
    }

    /** What is reported of its spans. */
    Collection<SpanFields> spans() {
        return spans.values();
    }

    private void add(ReportedTrace trace) {
        record = MergeRules.orNull(record, trace.fields(), TraceFields::merge);
        trace.spans().forEach(span -> spans.merge(span.id, span, SpanFields::merge));
    }
}
