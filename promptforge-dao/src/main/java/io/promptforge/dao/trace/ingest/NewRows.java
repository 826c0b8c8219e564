package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.internal.query.BoundArray;
import io.promptforge.dao.internal.session.Session.JdbcWork;
import io.promptforge.dao.internal.session.TenantSession;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Inserts traces and spans by one statement. Not thread-safe. */
final class NewRows {
    /**
     * A statement sees the tables as they were when it began, so the guard does not see what the statement itself inserts. A row that a
     * concurrent transaction inserts meanwhile violates the primary key, and nothing is written.
     */
    private static final IngestStatement INSERT = new IngestStatement("""
            WITH known AS (
                SELECT id, fingerprint FROM {schema}.traces
                WHERE organization_id = ? AND id = ANY (CAST(? AS uuid[]))
            ), go AS (
                SELECT WHERE NOT EXISTS (SELECT FROM known)
            ), new_traces AS (
                INSERT INTO {schema}.traces (organization_id, %s)
                SELECT CAST(? AS uuid), %s FROM %s WHERE EXISTS (SELECT FROM go)
            ), new_spans AS (
                INSERT INTO {schema}.spans (organization_id, %s)
                SELECT CAST(? AS uuid), %s FROM %s WHERE EXISTS (SELECT FROM go)
                RETURNING started_at, tableoid
            )
            SELECT
                EXISTS (SELECT FROM go),
                (SELECT count(*)
                    FROM unnest(CAST(? AS uuid[]), CAST(? AS uuid[])) AS r (id, fingerprint)
                    JOIN known USING (id, fingerprint)),
                (SELECT count(*)
                    FROM unnest(CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS timestamptz[]), CAST(? AS uuid[]))
                        AS r (trace_id, id, started_at, fingerprint)
                    JOIN {schema}.spans AS s USING (trace_id, id, started_at, fingerprint)
                    WHERE s.organization_id = ? AND EXISTS (SELECT FROM known)),
                %s
            """.formatted(
                    RowBatch.names(TraceRow.COLUMNS),
                    RowBatch.values(TraceRow.COLUMNS),
                    RowBatch.table(TraceRow.COLUMNS),
                    RowBatch.names(SpanRow.COLUMNS),
                    RowBatch.values(SpanRow.COLUMNS),
                    RowBatch.table(SpanRow.COLUMNS),
                    MonthsWithoutPartition.of("new_spans")));

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
        Outcome outcome = new Outcome(months);
        tx.session().read(statement(tx, new UUID[0], outcome));
    }

    /** Inserts all rows if none of the traces is stored, else none. */
    Outcome insertIfNew(TenantSession session, MonthsWithoutPartition months) {
        Outcome outcome = new Outcome(months);
        session.session().writeByJdbc(statement(session, ids(traces, TraceRow::id), outcome));
        return outcome;
    }

    private JdbcWork<Boolean> statement(TenantSession session, UUID[] unlessStored, Outcome outcome) {
        boolean guarded = unlessStored.length > 0;
        List<TraceRow> comparedTraces = guarded ? traces : List.of();
        List<SpanRow> comparedSpans = guarded ? spans : List.of();
        List<Object> arguments = new ArrayList<>();
        arguments.add(session.organizationId());
        arguments.add(BoundArray.of(unlessStored));
        arguments.add(session.organizationId());
        arguments.addAll(RowBatch.parameters(TraceRow.COLUMNS, traces));
        arguments.add(session.organizationId());
        arguments.addAll(RowBatch.parameters(SpanRow.COLUMNS, spans));
        arguments.addAll(RowBatch.parameters(TraceRow.IDENTITY, comparedTraces));
        arguments.addAll(RowBatch.parameters(SpanRow.IDENTITY, comparedSpans));
        arguments.add(session.organizationId());
        arguments.add(MonthsWithoutPartition.defaultPartition(session.session()));
        return INSERT.with(session.session(), arguments, row -> {
            row.next();
            outcome.inserted = row.getBoolean(1);
            outcome.stored = row.getLong(2) == traces.size() && row.getLong(3) == spans.size();
            outcome.months.read(row, 4);
        });
    }

    private static <R> UUID[] ids(List<R> rows, Function<R, UUID> id) {
        return rows.stream().map(id).toArray(UUID[]::new);
    }

    /** What became of the rows. */
    static final class Outcome {
        private final MonthsWithoutPartition months;
        private boolean inserted;
        private boolean stored;

        Outcome(MonthsWithoutPartition months) {
            this.months = months;
        }

        /** Whether the rows are stored now: inserted, or equal to stored ones. */
        boolean isDone() {
            return inserted || stored;
        }
    }
}
