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
        Map<UUID, TraceFields> reported = new HashMap<>();
        for (IncomingTrace trace : traces) {
            TraceFields fields = changedFields(trace);
            if (fields != null) {
                reported.put(trace.id(), fields);
            }
        }
        Map<UUID, UUID> promptVersions = PromptVersions.find(tx, reported.values());
        for (IncomingTrace trace : traces) {
            SpanSummary spans = write(trace, Objects.requireNonNull(merged.get(trace.id())), models);
            write(trace, reported.get(trace.id()), promptVersions.get(trace.id()), spans);
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

    /** What is reported of a new trace itself, or of a stored one if the batch reports something else than what is stored; else null. */
    private @Nullable TraceFields changedFields(IncomingTrace trace) {
        TraceRow before = stored.get(trace.id());
        TraceFields incoming = trace.record();
        if (before == null || incoming == null) {
            return incoming;
        }
        if (before.fingerprint().equals(trace.fingerprint())) {
            return null;
        }
        TraceFields merged = before.reported().merge(incoming);
        String note = before.redactionNote();
        return note == null ? merged : merged.redacted(note);
    }

    private SpanSummary write(IncomingTrace trace, List<SpanFields> spans, CalledModels models) {
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
        return new SpanSummary(all.values());
    }

    private void write(
            IncomingTrace trace, @Nullable TraceFields changes, @Nullable UUID promptVersion, SpanSummary spans) {
        TraceRow before = stored.get(trace.id());
        if (before == null) {
            UUID fingerprint = Objects.requireNonNull(trace.fingerprint());
            added.add(TraceRow.of(Objects.requireNonNull(changes), fingerprint, spans, promptVersion));
            return;
        }
        TraceFields reported = changes == null ? before.reported() : changes;
        UUID fingerprint = changes == null ? before.fingerprint() : Fingerprint.of(reported);
        // without its metadata, the trace no longer tells the prompt version that was found by it
        boolean keepsPromptVersion = changes == null || before.redactionNote() != null;
        UUID version = keepsPromptVersion ? before.derivedPromptVersion() : promptVersion;
        TraceRow after = TraceRow.of(reported, fingerprint, spans, version).withEditsOf(before);
        if (!after.isStoredLike(before)) {
            changed.add(after, changes != null);
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
