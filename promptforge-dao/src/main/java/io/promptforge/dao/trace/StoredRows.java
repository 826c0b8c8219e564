package io.promptforge.dao.trace;

import static io.promptforge.dao.internal.write.RowArrays.given;
import static io.promptforge.schema.jooq.Tables.SPANS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.any;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.RowArrays;
import io.promptforge.schema.jooq.tables.records.SpansRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Reads the stored traces and spans of a batch, as the merged records that they are. */
final class StoredRows {
    private static final RowReader<MergedTrace> TRACE =
            RowReader.of(Selection.of(TraceBatch.FIELDS), StoredRows::trace);
    private static final RowReader<MergedSpan> SPAN = RowReader.of(Selection.of(SpanBatch.FIELDS), StoredRows::span);

    private StoredRows() {}

    /** Reads the stored ones of these traces and locks them, so that writers of one trace take turns. */
    static List<MergedTrace> lock(TenantSession tx, List<UUID> traceIds) {
        return tx.run(dsl -> TRACE.fetch(dsl.select(TRACE.fields())
                .from(TRACES)
                .where(TRACES.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(TRACES.ID.eq(any(traceIds.toArray(UUID[]::new))))
                .orderBy(TRACES.ID)
                .forNoKeyUpdate()));
    }

    /** Reads the stored ones of the spans of these traces. */
    static List<MergedSpan> spans(TenantSession tx, List<IncomingTrace> traces) {
        RowArrays<SpansRecord> keys = new RowArrays<>(SPANS, List.of(SPANS.TRACE_ID, SPANS.ID));
        traces.forEach(trace -> trace.spans().keySet().forEach(span -> keys.add(List.of(trace.id(), span))));
        return keys.isEmpty()
                ? List.of()
                : tx.run(dsl -> SPAN.fetch(dsl.select(SPAN.fields())
                        .from(keys.given())
                        .join(SPANS)
                        .on(SPANS.ORGANIZATION_ID.eq(tx.organizationId()))
                        .and(SPANS.TRACE_ID.eq(given(SPANS.TRACE_ID)))
                        .and(SPANS.ID.eq(given(SPANS.ID)))));
    }

    private static MergedTrace trace(ResultRow row) {
        row.take(TRACES.ORGANIZATION_ID);
        TraceFields fields = new TraceFields(row.take(TRACES.ID), row.take(TRACES.PROJECT_ID));
        Set<String> provisional = Set.copyOf(row.takeTexts(TRACES.PROVISIONAL));
        TraceTotals totals = new TraceTotals(
                row.take(TRACES.SPAN_COUNT),
                row.take(TRACES.INPUT_TOKENS),
                row.take(TRACES.OUTPUT_TOKENS),
                row.takeNumber(TRACES.COST));
        TraceColumns.ALL.forEach(column -> column.read(row, fields));
        if (fields.hasEnded()) {
            return new MergedTrace(new MergedRecord<>(fields, true, provisional), null, totals);
        }
        Instant firstSpanAt = null;
        if (provisional.contains("name")) {
            firstSpanAt = fields.startedAt;
            fields.name = null;
            fields.startedAt = null;
        }
        return new MergedTrace(MergedRecord.of(fields, false), firstSpanAt, totals);
    }

    private static MergedSpan span(ResultRow row) {
        row.take(SPANS.ORGANIZATION_ID);
        UUID traceId = row.take(SPANS.TRACE_ID);
        SpanFields fields = new SpanFields(row.take(SPANS.ID));
        Set<String> provisional = Set.copyOf(row.takeTexts(SPANS.PROVISIONAL));
        UUID modelId = row.takeNullable(SPANS.MODEL_ID);
        fields.modelId = row.take(SPANS.MODEL_REPORTED) ? modelId : null;
        BigDecimal cost = row.takeOptionalNumber(SPANS.COST).orElse(null);
        fields.cost = row.take(SPANS.COST_REPORTED) ? cost : null;
        SpanColumns.STORED.forEach(column -> column.read(row, fields));
        return new MergedSpan(traceId, new MergedRecord<>(fields, fields.hasEnded(), provisional), modelId, cost);
    }
}
