package io.promptforge.dao.trace;

import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.RetryableException.Reason;
import io.promptforge.dao.internal.session.TenantSession;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records a batch of traces and spans inside a transaction, by a constant number of statements: locks and reads the stored traces
 * and spans of the batch, merges, and writes those that are new or changed.
 */
final class JooqTraceRecording {
    private final TenantSession tx;
    private final Map<UUID, MergedTrace> stored = new HashMap<>();
    private final Map<SpanKey, MergedSpan> storedSpans = new HashMap<>();

    private JooqTraceRecording(TenantSession tx) {
        this.tx = tx;
    }

    /** Writes traces, in the order of their ids; returns the months of the spans that have no partition. */
    static Set<YearMonth> record(TenantSession tx, List<IncomingTrace> traces) {
        JooqTraceRecording recording = new JooqTraceRecording(tx);
        recording.read(traces);
        return recording.write(traces);
    }

    private void read(List<IncomingTrace> traces) {
        StoredRows.lock(tx, traces.stream().map(IncomingTrace::id).toList())
                .forEach(row -> stored.put(row.record().fields().id, row));
        List<IncomingTrace> known = new ArrayList<>();
        for (IncomingTrace trace : traces) {
            MergedTrace row = stored.get(trace.id());
            if (row != null) {
                trace.refuseOtherProject(row.record().fields().projectId);
                known.add(trace);
            } else if (trace.record() == null) {
                throw new NotFoundException("trace", trace.id());
            }
        }
        StoredRows.spans(tx, known).forEach(row -> storedSpans.put(SpanKey.of(row), row));
    }

    private Set<YearMonth> write(List<IncomingTrace> traces) {
        Map<UUID, List<PendingSpan>> merged = new HashMap<>();
        traces.forEach(trace -> merged.put(trace.id(), spans(trace)));
        RegisteredModels models = JooqRegisteredModels.calledBy(
                tx,
                merged.values().stream()
                        .flatMap(List::stream)
                        .map(span -> span.record.fields())
                        .toList());
        TraceBatch traceBatch = new TraceBatch(tx.organizationId());
        SpanBatch spanBatch = new SpanBatch(tx.organizationId());
        for (IncomingTrace trace : traces) {
            MergedTrace before = stored.get(trace.id());
            TotalsChange totals = new TotalsChange(before);
            merged.getOrDefault(trace.id(), List.of()).forEach(span -> span.collect(models, spanBatch, totals));
            MergedTrace after = MergedTrace.of(before, trace, totals.totals());
            if (before == null) {
                traceBatch.add(after);
            } else if (!after.equals(before)) {
                traceBatch.change(after);
            }
        }
        if (!traceBatch.write(tx)) {
            throw lostRace();
        }
        return spanBatch.write(tx);
    }

    private List<PendingSpan> spans(IncomingTrace trace) {
        List<PendingSpan> spans = new ArrayList<>();
        trace.spans().forEach((id, incoming) -> {
            MergedSpan before = storedSpans.get(new SpanKey(trace.id(), id));
            spans.add(new PendingSpan(
                    trace.id(), before, before == null ? incoming : SpanColumns.merge(before.record(), incoming)));
        });
        return spans;
    }

    /** A further attempt finds the trace stored. */
    private static RetryableException lostRace() {
        return new RetryableException(
                Reason.SERIALIZATION_FAILURE,
                "A concurrent transaction recorded a trace of the batch first; try the whole transaction again.",
                null);
    }

    private record SpanKey(UUID traceId, UUID id) {
        static SpanKey of(MergedSpan span) {
            return new SpanKey(span.traceId(), span.record().fields().id);
        }
    }

    /** A span of the batch, merged with the stored span. */
    private record PendingSpan(UUID traceId, @Nullable MergedSpan before, MergedRecord<SpanFields> record) {
        void collect(RegisteredModels models, SpanBatch batch, TotalsChange totals) {
            MergedSpan after = MergedSpan.of(traceId, record, before, models);
            if (before == null) {
                batch.add(after);
                totals.add(after);
            } else if (!after.equals(before)) {
                batch.change(before, after);
                totals.subtract(before);
                totals.add(after);
            }
        }
    }
}
