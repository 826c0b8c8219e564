package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.internal.query.BoundArray;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.session.TenantSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stored traces and spans of a batch. OFFSET 0 and {@link RowBatch#TENANT} keep PostgreSQL from joining by other means than
 * seeking each trace by the primary key, whatever its statistics say.
 */
final class StoredRows {
    private static final List<Column<TraceRow, ?>> DOCUMENTS_LAST =
            Stream.concat(TraceRow.LOCKED.stream(), TraceRow.DOCUMENTS.stream()).toList();

    private static final String TRACES = """
            SELECT %s, %s
            FROM unnest(%s, %s) AS r (id, fingerprint)
            CROSS JOIN %s
            JOIN {schema}.traces AS t ON t.organization_id = tenant.organization_id AND t.id = r.id
            ORDER BY t.id
            """.formatted(
                    RowBatch.names("t", TraceRow.LOCKED),
                    TraceRow.DOCUMENTS.stream()
                            .map(column -> "CASE WHEN t.fingerprint <> r.fingerprint THEN t.%s END"
                                    .formatted(column.type().name()))
                            .collect(Collectors.joining(", ")),
                    RowBatch.sought("uuid"),
                    RowBatch.sought("uuid"),
                    RowBatch.TENANT);

    private static final IngestStatement READ_TRACES = new IngestStatement(TRACES);
    private static final IngestStatement LOCK_TRACES = new IngestStatement(TRACES + "FOR NO KEY UPDATE OF t\n");

    private static final IngestStatement OUTLINE = ofTraces(SpanRow.OUTLINE);
    private static final IngestStatement PRICED = ofTraces(SpanRow.PRICED);

    private static final IngestStatement SPANS = new IngestStatement(
            """
            SELECT %s
            FROM %s
            CROSS JOIN %s
            CROSS JOIN LATERAL (
                SELECT * FROM {schema}.spans AS s
                WHERE s.organization_id = tenant.organization_id AND s.trace_id = r.trace_id AND s.id = r.id{fence}) AS s
            """.formatted(RowBatch.names("s", SpanRow.STORED), RowBatch.table(SpanRow.KEYS), RowBatch.TENANT));

    private static final Selection OF_TRACE = selection(DOCUMENTS_LAST);
    private static final Selection OF_OUTLINE = selection(SpanRow.OUTLINE);
    private static final Selection OF_PRICED = selection(SpanRow.PRICED);
    private static final Selection OF_SPAN = selection(SpanRow.STORED);

    private StoredRows() {}

    private static IngestStatement ofTraces(List<Column<SpanRow, ?>> columns) {
        return new IngestStatement("""
            SELECT s.*
            FROM unnest(CAST(? AS uuid[])) AS r (id)
            CROSS JOIN %s
            CROSS JOIN LATERAL (
                SELECT %s FROM {schema}.spans AS s
                WHERE s.organization_id = tenant.organization_id AND s.trace_id = r.id{fence}) AS s
            """.formatted(RowBatch.TENANT, RowBatch.names("s", columns)));
    }

    /**
     * Reads and locks the stored ones of these traces, so that writers of one trace take turns. Documents are read only where the batch
     * reports something else of the trace itself than what is stored.
     */
    static List<TraceRow> lock(TenantSession tx, List<IncomingTrace> traces) {
        List<@Nullable UUID> fingerprints = new ArrayList<>();
        traces.forEach(trace -> fingerprints.add(trace.fingerprint()));
        return traces(tx, LOCK_TRACES, traces.stream().map(IncomingTrace::id).toList(), fingerprints);
    }

    /** Reads and locks the stored ones of these traces, without their documents. */
    static List<TraceRow> lock(TenantSession tx, Collection<UUID> traces) {
        return traces(tx, LOCK_TRACES, traces, List.of());
    }

    /** Reads the stored ones of these traces, without their documents. */
    static List<TraceRow> read(TenantSession session, Collection<UUID> traces) {
        return traces(session, READ_TRACES, traces, List.of());
    }

    private static List<TraceRow> traces(
            TenantSession tx, IngestStatement statement, Collection<UUID> ids, List<@Nullable UUID> fingerprints) {
        return statement.fetch(
                tx,
                List.of(BoundArray.ofIds(ids), BoundArray.ofIds(fingerprints), tx.organizationId()),
                OF_TRACE,
                row -> TraceRow.read(row, DOCUMENTS_LAST));
    }

    /** Reads the outlines of all spans of these traces. */
    static List<SpanRow> outline(TenantSession tx, Collection<UUID> traces) {
        return OUTLINE.fetch(
                tx,
                List.of(BoundArray.ofIds(traces), tx.organizationId()),
                OF_OUTLINE,
                row -> SpanRow.read(row, SpanRow.OUTLINE));
    }

    /** Reads all spans of these traces, with what determines their costs. */
    static List<SpanRow> priced(TenantSession tx, Collection<UUID> traces) {
        return PRICED.fetch(
                tx,
                List.of(BoundArray.ofIds(traces), tx.organizationId()),
                OF_PRICED,
                row -> SpanRow.read(row, SpanRow.PRICED));
    }

    /** Reads these spans. */
    static List<SpanRow> spans(TenantSession tx, List<SpanRow> outlines) {
        List<Object> arguments = new ArrayList<>(RowBatch.parameter(SpanRow.KEYS, outlines));
        arguments.add(tx.organizationId());
        return SPANS.fetch(tx, arguments, OF_SPAN, row -> SpanRow.read(row, SpanRow.STORED));
    }

    private static <R> Selection selection(List<Column<R, ?>> columns) {
        return Selection.of(columns.stream().<Field<?>>map(Column::field).toList());
    }
}
