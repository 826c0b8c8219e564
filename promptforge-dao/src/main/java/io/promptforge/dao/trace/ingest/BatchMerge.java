package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.RetryableException.Reason;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.model.naming.KnownModels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Merges a batch into what is stored, inside a transaction and by a constant number of statements. */
final class BatchMerge {
    private final TenantSession tx;
    private final List<IncomingTrace> traces;
    private final Map<UUID, TraceRow> stored = new HashMap<>();

    /** The spans of the stored traces: those that the batch changes in full, of the others the outline. */
    private final Map<UUID, Map<UUID, SpanRow>> storedSpans = new HashMap<>();

    private final NewRows added = new NewRows();
    private final ChangedRows changed = new ChangedRows();

    private BatchMerge(TenantSession tx, List<IncomingTrace> traces) {
        this.tx = tx;
        this.traces = traces;
    }

    /** Merges traces, in the order of their ids; returns the months of written spans that have no partition. */
    static MonthsWithoutPartition run(TenantSession tx, List<IncomingTrace> traces) {
        BatchMerge merge = new BatchMerge(tx, traces);
        merge.read();
        return merge.write();
    }

    private void read() {
        StoredRows.lock(tx, traces).forEach(row -> stored.put(row.id(), row));
        for (IncomingTrace trace : traces) {
            if (trace.record() == null && !stored.containsKey(trace.id())) {
                throw new NotFoundException("trace", trace.id());
            }
        }
        if (stored.isEmpty()) {
            return;
        }
        StoredRows.outline(tx, stored.keySet()).forEach(this::keep);
        List<SpanRow> changes = new ArrayList<>();
        for (IncomingTrace trace : traces) {
            for (SpanFields span : trace.spans()) {
                SpanRow before = before(trace.id(), span.id);
                if (before != null && !before.fingerprint.equals(Fingerprint.of(span))) {
                    changes.add(before);
                }
            }
        }
        if (!changes.isEmpty()) {
            StoredRows.spans(tx, changes).forEach(this::keep);
        }
    }

    private void keep(SpanRow span) {
        storedSpans.computeIfAbsent(span.traceId, key -> new LinkedHashMap<>()).put(span.id(), span);
    }

    private @Nullable SpanRow before(UUID trace, UUID span) {
        return storedSpans.getOrDefault(trace, Map.of()).get(span);
    }

    private MonthsWithoutPartition write() {
        Map<UUID, List<SpanFields>> merged =
                traces.stream().collect(Collectors.toMap(IncomingTrace::id, this::changedSpans));
        CalledModels models =
                CalledModels.by(merged.values().stream().flatMap(List::stream).toList(), tx, KnownModels::current);
        for (IncomingTrace trace : traces) {
            write(trace, Objects.requireNonNull(merged.get(trace.id())), models);
        }
        MonthsWithoutPartition months = new MonthsWithoutPartition();
        changed.update(tx, months);
        if (!added.isEmpty()) {
            try {
                added.insert(tx, months);
            } catch (AlreadyExistsException e) {
                throw lostRace(e);
            }
        }
        return months;
    }

    /** The new spans of a trace, and the stored ones of which the batch reports something else than what is stored. */
    private List<SpanFields> changedSpans(IncomingTrace trace) {
        TraceRow storedTrace = stored.get(trace.id());
        String noteOfTrace = storedTrace == null ? null : storedTrace.redactionNote();
        List<SpanFields> spans = new ArrayList<>();
        for (SpanFields incoming : trace.spans()) {
            SpanRow before = before(trace.id(), incoming.id);
            if (before == null) {
                spans.add(redacted(incoming, noteOfTrace));
            } else if (before.isComplete()) {
                String note = noteOfTrace == null ? before.redactionNote : noteOfTrace;
                spans.add(redacted(before.fields.merge(incoming), note));
            }
        }
        return spans;
    }

    /** After all was merged, so that a record of a greater revision brings no payload back either. */
    private static SpanFields redacted(SpanFields merged, @Nullable String note) {
        return note == null ? merged : merged.redacted(note);
    }

    private void write(IncomingTrace trace, List<SpanFields> spans, CalledModels models) {
        Map<UUID, SpanRow> all = storedSpans.computeIfAbsent(trace.id(), key -> new LinkedHashMap<>());
        for (SpanFields span : spans) {
            SpanRow before = all.get(span.id);
            SpanRow after = SpanRow.of(trace.id(), span, before, models);
            all.put(span.id, after);
            if (before == null) {
                added.add(after);
            } else if (!after.isStoredLike(before)) {
                changed.add(after);
            }
        }
        SpanSummary summary = new SpanSummary(all.values());
        TraceRow before = stored.get(trace.id());
        if (before == null) {
            added.add(TraceRow.of(
                    Objects.requireNonNull(trace.record()), Objects.requireNonNull(trace.fingerprint()), summary));
            return;
        }
        TraceFields incoming = trace.record();
        boolean reportsMore = incoming != null && !before.fingerprint().equals(trace.fingerprint());
        TraceFields reported =
                reportsMore ? before.reported().merge(Objects.requireNonNull(incoming)) : before.reported();
        String note = before.redactionNote();
        if (reportsMore && note != null) {
            reported = reported.redacted(note);
        }
        UUID fingerprint = reportsMore ? Fingerprint.of(reported) : before.fingerprint();
        TraceRow after = TraceRow.of(reported, fingerprint, summary).withEditsOf(before);
        if (!after.isStoredLike(before)) {
            changed.add(after, reportsMore);
        }
    }

    /** A further attempt finds the trace stored. */
    private static RetryableException lostRace(AlreadyExistsException cause) {
        return new RetryableException(
                Reason.SERIALIZATION_FAILURE,
                "A concurrent transaction recorded a trace of the batch first; try the whole transaction again.",
                cause);
    }
}
