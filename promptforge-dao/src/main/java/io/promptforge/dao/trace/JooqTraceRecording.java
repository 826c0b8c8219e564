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
 * Writes what came in of traces and spans, inside a transaction, in a number of statements that does not grow with theirs:
 * locks and reads the traces that are stored, and the spans of the batch that are; merges; writes what is new or changed.
 */
final class JooqTraceRecording {
    private final TenantSession tx;
    private final Map<UUID, TraceRow> stored = new HashMap<>();
    private final Map<SpanKey, SpanRow> storedSpans = new HashMap<>();

    private JooqTraceRecording(TenantSession tx) {
        this.tx = tx;
    }

    /** Writes traces, in the order of their ids; returns the months whose spans have no partition yet. */
    static Set<YearMonth> record(TenantSession tx, List<IncomingTrace> traces) {
        JooqTraceRecording recording = new JooqTraceRecording(tx);
        recording.read(traces);
        return recording.write(traces);
    }

    private void read(List<IncomingTrace> traces) {
        StoredRows.lock(tx, traces.stream().map(IncomingTrace::id).toList())
                .forEach(row -> stored.put(row.known().said().id(), row));
        List<IncomingTrace> known = new ArrayList<>();
        for (IncomingTrace trace : traces) {
            TraceRow row = stored.get(trace.id());
            if (row != null) {
                trace.refuseOtherProject(row.known().said());
                known.add(trace);
            } else if (trace.record() == null) {
                throw new NotFoundException("trace", trace.id());
            }
        }
        StoredRows.spans(tx, known).forEach(row -> storedSpans.put(SpanKey.of(row), row));
    }

    private Set<YearMonth> write(List<IncomingTrace> traces) {
        Map<UUID, List<MergedSpan>> merged = new HashMap<>();
        traces.forEach(trace -> merged.put(trace.id(), spans(trace)));
        RegisteredModels models = JooqRegisteredModels.calledBy(
                tx,
                merged.values().stream()
                        .flatMap(List::stream)
                        .map(span -> span.known.said())
                        .toList());
        TraceBatch traceBatch = new TraceBatch(tx.organizationId());
        SpanBatch spanBatch = new SpanBatch(tx.organizationId());
        for (IncomingTrace trace : traces) {
            TraceRow before = stored.get(trace.id());
            TotalsChange totals = new TotalsChange(before);
            merged.getOrDefault(trace.id(), List.of()).forEach(span -> span.collect(models, spanBatch, totals));
            TraceRow after = TraceRow.merged(before, trace, totals.totals());
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

    private List<MergedSpan> spans(IncomingTrace trace) {
        List<MergedSpan> spans = new ArrayList<>();
        trace.spans().forEach((id, incoming) -> {
            SpanRow before = storedSpans.get(new SpanKey(trace.id(), id));
            spans.add(new MergedSpan(
                    trace.id(), before, before == null ? incoming : SpanMerge.merge(before.known(), incoming)));
        });
        return spans;
    }

    /** Tried again, it finds the trace stored. */
    private static RetryableException lostRace() {
        return new RetryableException(
                Reason.SERIALIZATION_FAILURE,
                "A concurrent transaction recorded a trace of the batch first; try the whole transaction again.",
                null);
    }

    private record SpanKey(UUID traceId, UUID id) {
        static SpanKey of(SpanRow span) {
            return new SpanKey(span.traceId(), span.known().said().id());
        }
    }

    private record MergedSpan(UUID traceId, @Nullable SpanRow before, Known<NewSpan> known) {
        void collect(RegisteredModels models, SpanBatch batch, TotalsChange totals) {
            SpanRow after = SpanRow.merged(traceId, known, before, models);
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
