package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.internal.query.BoundArray;
import io.promptforge.dao.internal.session.Session.JdbcWork;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.model.naming.ModelsState;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Inserts traces and spans by one statement, by more where they are very big. Not thread-safe. */
final class NewRows {
    /**
     * A statement sees the tables as they were when it began, so the guard does not see what the statement itself inserts. A row that a
     * concurrent transaction inserts meanwhile violates the primary key, and nothing is written. LIMIT, so that each trace is sought by the
     * primary key: a plan from when the tenant had few traces would read all of them.
     */
    private static final IngestStatement INSERT = new IngestStatement("""
            WITH known AS (
                SELECT t.id, t.fingerprint
                FROM %s CROSS JOIN unnest(%s) AS r (id)
                CROSS JOIN LATERAL (
                    SELECT t.id, t.fingerprint FROM {schema}.traces AS t
                    WHERE t.organization_id = tenant.organization_id AND t.id = r.id
                    LIMIT 1) AS t
            ), models AS (
                SELECT CAST(? AS boolean)
                    OR (SELECT count = CAST(? AS bigint) AND changed = CAST(? AS numeric) FROM (%s) AS s) AS unchanged
            ), allowed AS (
                SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM known) AND (SELECT unchanged FROM models)
            ), new_traces AS (
                INSERT INTO {schema}.traces (organization_id, %s)
                SELECT CAST(? AS uuid), r.* FROM %s WHERE EXISTS (SELECT 1 FROM allowed)
                RETURNING id
            ), new_spans AS (
                INSERT INTO {schema}.spans (organization_id, %s)
                SELECT CAST(? AS uuid), r.* FROM %s WHERE EXISTS (SELECT 1 FROM allowed)
                RETURNING id
            )
            SELECT
                (SELECT unchanged FROM models),
                EXISTS (SELECT 1 FROM allowed),
                (SELECT count(*)
                    FROM %s
                    JOIN known USING (id, fingerprint)),
                %s
            """.formatted(
                    RowBatch.TENANT,
                    RowBatch.sought("uuid"),
                    ModelsState.QUERY,
                    RowBatch.names(TraceRow.COLUMNS),
                    RowBatch.table(TraceRow.COLUMNS),
                    RowBatch.names(SpanRow.COLUMNS),
                    RowBatch.table(SpanRow.COLUMNS),
                    RowBatch.table(TraceRow.IDENTITY),
                    MonthsWithoutPartition.EXPRESSION));

    /** LIMIT, so that each row is sought by the primary key. */
    private static final IngestStatement COUNT_EQUAL_SPANS =
            new IngestStatement("""
            SELECT count(*)
            FROM %s
            CROSS JOIN %s
            CROSS JOIN LATERAL (
                SELECT 1 FROM {schema}.spans AS s
                WHERE s.organization_id = tenant.organization_id AND s.trace_id = r.trace_id AND s.id = r.id
                    AND s.started_at = r.started_at AND s.fingerprint = r.fingerprint
                LIMIT 1) AS s
            """.formatted(RowBatch.table(SpanRow.IDENTITY), RowBatch.TENANT));

    private final List<TraceRow> traces = new ArrayList<>();
    private final List<SpanRow> spans = new ArrayList<>();

    /** Adds a trace that is not stored yet; in the order of their ids. */
    void add(TraceRow trace) {
        traces.add(trace);
    }

    /** Adds a span that is not stored yet. */
    void add(SpanRow span) {
        spans.add(span);
    }

    boolean isEmpty() {
        return traces.isEmpty() && spans.isEmpty();
    }

    /** Inserts all rows; the caller knows that they are not stored. */
    void insert(TenantSession tx, MonthsWithoutPartition months) {
        List<List<BoundArray>> traceParts = RowBatch.parameters(TraceRow.COLUMNS, traces);
        List<List<BoundArray>> spanParts = RowBatch.parameters(SpanRow.COLUMNS, spans);
        // The last traces go with the first spans; usually these are all.
        int last = traceParts.size() - 1;
        for (int i = 0; i < last + spanParts.size(); i++) {
            List<BoundArray> someTraces =
                    i <= last ? traceParts.get(i) : RowBatch.parameter(TraceRow.COLUMNS, List.of());
            List<BoundArray> someSpans =
                    i < last ? RowBatch.parameter(SpanRow.COLUMNS, List.of()) : spanParts.get(i - last);
            tx.session().read(statement(tx, someTraces, someSpans, List.of(), null, new Outcome(months)));
        }
    }

    /**
     * Inserts all rows if none of the traces is stored and the models by which they were priced have not changed, else none; also none
     * if they are too big for one statement.
     *
     * @param models what the models are like by which they were priced; null if they were priced by none
     */
    Outcome insertIfNew(TenantSession session, @Nullable ModelsState models, MonthsWithoutPartition months) {
        Outcome outcome = new Outcome(months);
        List<List<BoundArray>> allTraces = RowBatch.parameters(TraceRow.COLUMNS, traces);
        List<List<BoundArray>> allSpans = RowBatch.parameters(SpanRow.COLUMNS, spans);
        if (allTraces.size() > 1 || allSpans.size() > 1) {
            return outcome;
        }
        List<UUID> ids = traces.stream().map(TraceRow::id).toList();
        session.session().writeByJdbc(statement(session, allTraces.get(0), allSpans.get(0), ids, models, outcome));
        outcome.stored = outcome.tracesStored && areSpansStored(session);
        return outcome;
    }

    /** Whether all spans are stored as they are here. */
    private boolean areSpansStored(TenantSession session) {
        List<Object> arguments = new ArrayList<>(RowBatch.parameter(SpanRow.IDENTITY, spans));
        arguments.add(session.organizationId());
        AtomicLong equal = new AtomicLong();
        session.session().read(COUNT_EQUAL_SPANS.with(session.session(), arguments, row -> {
            row.next();
            equal.set(row.getLong(1));
        }));
        return equal.get() == spans.size();
    }

    private JdbcWork<Boolean> statement(
            TenantSession session,
            List<BoundArray> someTraces,
            List<BoundArray> someSpans,
            List<UUID> unlessStored,
            @Nullable ModelsState models,
            Outcome outcome) {
        boolean guarded = !unlessStored.isEmpty();
        List<TraceRow> comparedTraces = guarded ? traces : List.of();
        List<Object> arguments = new ArrayList<>();
        arguments.add(session.organizationId());
        arguments.add(BoundArray.ofIds(unlessStored));
        ModelsState expected = models == null ? ModelsState.NONE : models;
        arguments.add(models == null);
        arguments.add(expected.count());
        arguments.add(expected.changed());
        arguments.add(session.organizationId());
        arguments.add(session.organizationId());
        arguments.add(session.organizationId());
        arguments.add(session.organizationId());
        arguments.addAll(someTraces);
        arguments.add(session.organizationId());
        arguments.addAll(someSpans);
        arguments.addAll(RowBatch.parameter(TraceRow.IDENTITY, comparedTraces));
        arguments.addAll(MonthsWithoutPartition.arguments(session.session(), spans));
        return INSERT.with(session.session(), arguments, row -> {
            row.next();
            outcome.pricedByChangedModels = !row.getBoolean(1);
            outcome.inserted = row.getBoolean(2);
            outcome.tracesStored = !outcome.inserted && row.getLong(3) == traces.size();
            if (outcome.inserted) {
                outcome.months.read(row, 4);
            }
        });
    }

    /** What became of the rows. */
    static final class Outcome {
        private final MonthsWithoutPartition months;
        private boolean pricedByChangedModels;
        private boolean inserted;
        private boolean tracesStored;
        private boolean stored;

        Outcome(MonthsWithoutPartition months) {
            this.months = months;
        }

        /** Whether models by which the rows were priced have changed since they were read. */
        boolean isPricedByChangedModels() {
            return pricedByChangedModels;
        }

        /** Whether the rows are stored now: inserted, or equal to stored ones. */
        boolean isDone() {
            return inserted || stored;
        }
    }
}
