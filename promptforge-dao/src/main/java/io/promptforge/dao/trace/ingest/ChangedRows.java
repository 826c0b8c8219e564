package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.internal.query.BoundArray;
import io.promptforge.dao.internal.session.TenantSession;
import java.util.ArrayList;
import java.util.List;

/** Updates stored traces and spans, whose traces the transaction has locked: one statement for each kind of change, more where they are very big. */
final class ChangedRows {
    private static final IngestStatement UPDATE_TRACES = updateTraces(TraceRow.COLUMNS);
    private static final IngestStatement UPDATE_TRACES_WITHOUT_DOCUMENTS = updateTraces(TraceRow.WITHOUT_DOCUMENTS);

    private static final IngestStatement UPDATE_SPANS = updateSpans();

    private final List<TraceRow> traces = new ArrayList<>();
    private final List<TraceRow> tracesWithoutDocuments = new ArrayList<>();
    private final List<SpanRow> spans = new ArrayList<>();

    private static IngestStatement updateTraces(List<Column<TraceRow, ?>> columns) {
        String rows = RowBatch.sought(columns);
        String update = """
                UPDATE {schema}.traces AS t SET %s FROM %s CROSS JOIN %s
                WHERE t.organization_id = tenant.organization_id AND t.id = r.id
                """;
        String assignments = RowBatch.assignments(columns, TraceRow.KEYS);
        return new IngestStatement(
                update.formatted(assignments, rows, RowBatch.TENANT),
                "WITH " + rowsFirst(rows) + update.formatted(assignments, "r", RowBatch.TENANT));
    }

    private static IngestStatement updateSpans() {
        String rows = RowBatch.sought(SpanRow.COLUMNS_AND_STORED_START);
        String update = """
                changed AS (
                    UPDATE {schema}.spans AS s SET %s FROM %s CROSS JOIN %s
                    WHERE s.organization_id = tenant.organization_id AND s.trace_id = r.trace_id AND s.id = r.id AND s.started_at = r.stored_start
                    RETURNING s.id
                )
                SELECT %s
                """;
        String assignments = RowBatch.assignments(SpanRow.COLUMNS, SpanRow.KEYS);
        String months = MonthsWithoutPartition.EXPRESSION;
        return new IngestStatement(
                "WITH " + update.formatted(assignments, rows, RowBatch.TENANT, months),
                "WITH " + rowsFirst(rows) + ", " + update.formatted(assignments, "r", RowBatch.TENANT, months));
    }

    /** Citus updates by no expression that depends on a setting, as a cast of a text may, so its coordinator makes the rows before. */
    private static String rowsFirst(String rows) {
        return "r AS MATERIALIZED (SELECT * FROM " + rows + ") ";
    }

    /** Adds a trace, whose documents have changed as well or have not. */
    void add(TraceRow trace, boolean withDocuments) {
        (withDocuments ? traces : tracesWithoutDocuments).add(trace);
    }

    /** Adds a span. */
    void add(SpanRow span) {
        spans.add(span);
    }

    void update(TenantSession tx, MonthsWithoutPartition months) {
        update(tx, UPDATE_TRACES, TraceRow.COLUMNS, traces);
        update(tx, UPDATE_TRACES_WITHOUT_DOCUMENTS, TraceRow.WITHOUT_DOCUMENTS, tracesWithoutDocuments);
        if (spans.isEmpty()) {
            return;
        }
        for (List<BoundArray> some : RowBatch.parameters(SpanRow.COLUMNS_AND_STORED_START, spans)) {
            List<Object> arguments = new ArrayList<>(some);
            arguments.add(tx.organizationId());
            arguments.addAll(MonthsWithoutPartition.arguments(tx.session(), spans));
            tx.session().read(UPDATE_SPANS.with(tx.session(), arguments, months::read));
        }
    }

    private static void update(
            TenantSession tx, IngestStatement statement, List<Column<TraceRow, ?>> columns, List<TraceRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        for (List<BoundArray> some : RowBatch.parameters(columns, rows)) {
            List<Object> arguments = new ArrayList<>(some);
            arguments.add(tx.organizationId());
            tx.session().read(statement.with(tx.session(), arguments, result -> {}));
        }
    }
}
