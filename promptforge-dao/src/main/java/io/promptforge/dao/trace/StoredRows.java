package io.promptforge.dao.trace;

import static io.promptforge.dao.internal.write.RowArrays.given;
import static io.promptforge.schema.jooq.Tables.SPANS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.any;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.RowArrays;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.jooq.tables.records.SpansRecord;
import io.promptforge.schema.type.ExecutionStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/** Reads what is stored of the traces and spans of a batch, as what their records have said so far. */
final class StoredRows {
    private static final Selection TRACE = Selection.of(TraceBatch.FIELDS);
    private static final Selection SPAN = Selection.of(SpanBatch.FIELDS);

    private StoredRows() {}

    /** The stored ones of these traces, locked: writers of one trace take turns. */
    static List<TraceRow> lock(TenantSession tx, List<UUID> traceIds) {
        return tx.run(dsl -> TRACE.fetch(
                dsl.select(TRACE.fields())
                        .from(TRACES)
                        .where(TRACES.ORGANIZATION_ID.eq(tx.organizationId()))
                        .and(TRACES.ID.eq(any(traceIds.toArray(UUID[]::new))))
                        .orderBy(TRACES.ID)
                        .forNoKeyUpdate(),
                StoredRows::trace));
    }

    /** The stored ones of the spans of these traces. */
    static List<SpanRow> spans(TenantSession tx, List<IncomingTrace> traces) {
        RowArrays<SpansRecord> keys = new RowArrays<>(SPANS, List.of(SPANS.TRACE_ID, SPANS.ID));
        traces.forEach(trace -> trace.spans().keySet().forEach(span -> keys.add(List.of(trace.id(), span))));
        return keys.isEmpty()
                ? List.of()
                : tx.run(dsl -> SPAN.fetch(
                        dsl.select(SPAN.fields())
                                .from(keys.given())
                                .join(SPANS)
                                .on(SPANS.ORGANIZATION_ID.eq(tx.organizationId()))
                                .and(SPANS.TRACE_ID.eq(given(SPANS.TRACE_ID)))
                                .and(SPANS.ID.eq(given(SPANS.ID))),
                        StoredRows::span));
    }

    private static TraceRow trace(ResultRow row) {
        row.take(TRACES.ORGANIZATION_ID);
        Set<String> provisional = set(row.takeNullable(TRACES.PROVISIONAL));
        TraceTotals totals = new TraceTotals(
                row.take(TRACES.SPAN_COUNT),
                row.take(TRACES.INPUT_TOKENS),
                row.take(TRACES.OUTPUT_TOKENS),
                Columns.plain(row.take(TRACES.COST)));
        UUID id = row.take(TRACES.ID);
        UUID projectId = row.take(TRACES.PROJECT_ID);
        String name = row.take(TRACES.NAME);
        ExecutionStatus status = row.take(TRACES.STATUS);
        Instant startedAt = row.take(TRACES.STARTED_AT);
        boolean ended = status != ExecutionStatus.RUNNING;
        boolean onlySpansKnown = !ended && provisional.contains("name");
        NewTrace said = new NewTrace(
                id,
                projectId,
                onlySpansKnown ? null : name,
                status,
                onlySpansKnown ? null : startedAt,
                row.takeNullable(TRACES.ENDED_AT),
                row.takeNullable(TRACES.PARENT_TRACE_ID),
                row.takeNullable(TRACES.EXTERNAL_ID),
                row.takeNullable(TRACES.ENVIRONMENT),
                row.takeNullable(TRACES.SESSION_ID),
                row.takeNullable(TRACES.END_USER_ID),
                row.takeNullable(TRACES.PROMPT_VERSION_ID),
                row.takeNullable(TRACES.MODEL_ID),
                row.takeNullable(TRACES.PROVIDER_NAME),
                row.takeNullable(TRACES.MODEL_NAME),
                row.take(TRACES.RETRY_COUNT),
                row.takeNullable(TRACES.ERROR_TYPE),
                row.takeNullable(TRACES.ERROR_MESSAGE),
                jsonOrNull(row.takeNullable(TRACES.INPUT)),
                jsonOrNull(row.takeNullable(TRACES.OUTPUT)),
                Columns.json(row.take(TRACES.METADATA)),
                List.of());
        return new TraceRow(
                new Known<>(said, ended, ended ? provisional : Set.of()), onlySpansKnown ? startedAt : null, totals);
    }

    private static SpanRow span(ResultRow row) {
        row.take(SPANS.ORGANIZATION_ID);
        UUID traceId = row.take(SPANS.TRACE_ID);
        Set<String> provisional = set(row.takeNullable(SPANS.PROVISIONAL));
        UUID modelId = row.takeNullable(SPANS.MODEL_ID);
        boolean modelReported = row.take(SPANS.MODEL_REPORTED);
        BigDecimal cost = row.takeOptional(SPANS.COST).map(Columns::plain).orElse(null);
        boolean costReported = row.take(SPANS.COST_REPORTED);
        NewSpan said = new NewSpan(
                row.take(SPANS.ID),
                row.take(SPANS.NAME),
                row.take(SPANS.KIND),
                row.take(SPANS.STATUS),
                row.take(SPANS.STARTED_AT),
                row.takeNullable(SPANS.ENDED_AT),
                row.takeNullable(SPANS.PARENT_ID),
                row.takeNullable(SPANS.OPERATION_NAME),
                row.takeNullable(SPANS.PROVIDER_NAME),
                row.takeNullable(SPANS.REQUEST_MODEL),
                row.takeNullable(SPANS.RESPONSE_MODEL),
                row.takeNullable(SPANS.RESPONSE_ID),
                modelReported ? modelId : null,
                row.takeOptional(SPANS.FINISH_REASONS).map(List::of).orElse(List.of()),
                row.takeNullable(SPANS.TEMPERATURE),
                row.takeNullable(SPANS.MAX_TOKENS),
                row.takeNullable(SPANS.TIME_TO_FIRST_TOKEN_US),
                row.takeNullable(SPANS.INPUT_TOKENS),
                row.takeNullable(SPANS.OUTPUT_TOKENS),
                row.takeNullable(SPANS.CACHED_INPUT_TOKENS),
                row.takeNullable(SPANS.CACHE_CREATION_INPUT_TOKENS),
                row.takeNullable(SPANS.REASONING_OUTPUT_TOKENS),
                costReported ? cost : null,
                row.takeNullable(SPANS.ERROR_TYPE),
                row.takeNullable(SPANS.ERROR_MESSAGE),
                jsonOrNull(row.takeNullable(SPANS.INPUT)),
                jsonOrNull(row.takeNullable(SPANS.OUTPUT)),
                Columns.json(row.take(SPANS.ATTRIBUTES)),
                Columns.json(row.take(SPANS.EVENTS)));
        return new SpanRow(
                traceId, new Known<>(said, said.status() != ExecutionStatus.RUNNING, provisional), modelId, cost);
    }

    private static @Nullable Json jsonOrNull(@Nullable JSONB jsonb) {
        return jsonb == null ? null : Columns.json(jsonb);
    }

    private static Set<String> set(String @Nullable [] names) {
        return names == null ? Set.of() : Set.of(names);
    }
}
