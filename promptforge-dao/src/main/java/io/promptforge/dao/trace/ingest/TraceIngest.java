package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.model.naming.KnownModels;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.UUID;

/**
 * Records batches of traces and spans. New traces take one statement, without a transaction around it; traces that are stored already
 * take a second one. Prompt versions that telemetry reports take one more, before these. Everything else is merged in a transaction, by
 * a constant number of statements: it locks and reads the stored traces, reads their spans, and writes what is new or changed.
 */
public final class TraceIngest {
    /** A transaction that loses a race or a deadlock against other writers of the same traces is repeated after they have ended. */
    private static final int ATTEMPTS = 10;

    private final TenantSession session;

    /** The ingest of a session's tenant. */
    public TraceIngest(TenantSession session) {
        this.session = session;
    }

    /** Stores records, or merges them into what is stored, all or nothing; a refusal names the first failing element. */
    public void record(List<ReportedTrace> reported) {
        List<IncomingTrace> traces = IncomingTrace.of(reported);
        MonthsWithoutPartition months = new MonthsWithoutPartition();
        try {
            if (!insertIfNew(traces, months)) {
                months = session.transaction(ATTEMPTS, tx -> BatchMerge.run(tx, traces));
            }
        } catch (InvalidValueException | InvalidReferenceException refusal) {
            throw RefusedElement.locate(session, reported, refusal);
        }
        MissingPartitions.create(session, months.months());
    }

    /**
     * Stores the records that are accepted, or merges them into what is stored: all that are new by one statement; else in one
     * transaction after it.
     *
     * @return the refusals of the others by their places in the list, in this order
     */
    public SortedMap<Integer, FieldException> recordAccepted(List<ReportedTrace> reported) {
        MonthsWithoutPartition months = new MonthsWithoutPartition();
        boolean refused = false;
        try {
            if (insertIfNew(IncomingTrace.of(reported), months)) {
                MissingPartitions.create(session, months.months());
                return Collections.emptySortedMap();
            }
        } catch (InvalidValueException | InvalidReferenceException refusal) {
            refused = true;
        }
        boolean known = refused;
        PartialIngest ingest = session.transaction(ATTEMPTS, tx -> PartialIngest.run(tx, reported, known));
        MissingPartitions.create(session, ingest.months().months());
        return ingest.refusals();
    }

    /** Returns whether all records are stored now. */
    private boolean insertIfNew(List<IncomingTrace> traces, MonthsWithoutPartition months) {
        if (traces.stream().anyMatch(trace -> trace.record() == null)) {
            return false;
        }
        CalledModels models = CalledModels.by(
                traces.stream().flatMap(trace -> trace.spans().stream()).toList(), session, KnownModels::get);
        Map<UUID, UUID> promptVersions = PromptVersions.find(
                session,
                traces.stream()
                        .map(trace -> Objects.requireNonNull(trace.record()))
                        .toList());
        try {
            NewRows.Outcome outcome = insertIfNew(traces, models, promptVersions, months);
            if (outcome.isPricedByChangedModels()) {
                outcome = insertIfNew(traces, CalledModels.refreshed(session), promptVersions, months);
            }
            return outcome.isDone();
        } catch (AlreadyExistsException e) {
            // A concurrent transaction inserted one of them first.
            return false;
        } catch (InvalidReferenceException e) {
            if (promptVersions.isEmpty()) {
                throw e;
            }
            // A prompt version may have been deleted since it was found; the merge finds it no more.
            return false;
        }
    }

    private NewRows.Outcome insertIfNew(
            List<IncomingTrace> traces,
            CalledModels models,
            Map<UUID, UUID> promptVersions,
            MonthsWithoutPartition months) {
        NewRows rows = new NewRows();
        for (IncomingTrace trace : traces) {
            List<SpanRow> spans = trace.spans().stream()
                    .map(span -> SpanRow.of(trace.id(), span, null, models))
                    .toList();
            rows.add(TraceRow.of(
                    Objects.requireNonNull(trace.record()),
                    Objects.requireNonNull(trace.fingerprint()),
                    new SpanSummary(spans),
                    promptVersions.get(trace.id())));
            spans.forEach(rows::add);
        }
        return rows.insertIfNew(session, models.state(), months);
    }
}
