package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.SPANS;
import static io.promptforge.schema.jooq.Tables.TRACES;

import io.promptforge.dao.internal.BatchInsert;
import io.promptforge.dao.internal.Columns;
import io.promptforge.dao.internal.TenantSession;
import io.promptforge.schema.jooq.tables.records.SpansRecord;
import io.promptforge.schema.jooq.tables.records.TracesRecord;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jooq.Field;

/** Writes new traces and their spans by one statement each. */
final class TraceBatch {
    private static final List<Field<?>> TRACE_FIELDS = List.of(
            TRACES.ORGANIZATION_ID,
            TRACES.ID,
            TRACES.PROJECT_ID,
            TRACES.PARENT_TRACE_ID,
            TRACES.EXTERNAL_ID,
            TRACES.NAME,
            TRACES.STATUS,
            TRACES.STARTED_AT,
            TRACES.ENDED_AT,
            TRACES.ENVIRONMENT,
            TRACES.SESSION_ID,
            TRACES.END_USER_ID,
            TRACES.PROMPT_VERSION_ID,
            TRACES.MODEL_ID,
            TRACES.PROVIDER_NAME,
            TRACES.MODEL_NAME,
            TRACES.RETRY_COUNT,
            TRACES.ERROR_TYPE,
            TRACES.ERROR_MESSAGE,
            TRACES.INPUT,
            TRACES.OUTPUT,
            TRACES.METADATA);
    private static final List<Field<?>> SPAN_FIELDS = List.of(
            SPANS.ORGANIZATION_ID,
            SPANS.TRACE_ID,
            SPANS.ID,
            SPANS.PARENT_ID,
            SPANS.NAME,
            SPANS.KIND,
            SPANS.STATUS,
            SPANS.STARTED_AT,
            SPANS.ENDED_AT,
            SPANS.OPERATION_NAME,
            SPANS.PROVIDER_NAME,
            SPANS.REQUEST_MODEL,
            SPANS.RESPONSE_MODEL,
            SPANS.RESPONSE_ID,
            SPANS.MODEL_ID,
            SPANS.FINISH_REASONS,
            SPANS.TEMPERATURE,
            SPANS.MAX_TOKENS,
            SPANS.TIME_TO_FIRST_TOKEN_US,
            SPANS.INPUT_TOKENS,
            SPANS.OUTPUT_TOKENS,
            SPANS.CACHED_INPUT_TOKENS,
            SPANS.CACHE_CREATION_INPUT_TOKENS,
            SPANS.REASONING_OUTPUT_TOKENS,
            SPANS.COST,
            SPANS.ERROR_TYPE,
            SPANS.ERROR_MESSAGE,
            SPANS.INPUT,
            SPANS.OUTPUT,
            SPANS.ATTRIBUTES,
            SPANS.EVENTS);

    private final TenantSession tx;
    private final BatchInsert<TracesRecord> traces = new BatchInsert<>(TRACES, TRACE_FIELDS);
    private final BatchInsert<SpansRecord> spans = new BatchInsert<>(SPANS, SPAN_FIELDS);

    private TraceBatch(TenantSession tx) {
        this.tx = tx;
    }

    static void insert(TenantSession tx, List<NewTrace> newTraces) {
        TraceBatch batch = new TraceBatch(tx);
        newTraces.forEach(batch::add);
        tx.run(dsl -> batch.traces.on(dsl).execute());
        tx.run(dsl -> batch.spans.on(dsl).execute());
    }

    private void add(NewTrace trace) {
        traces.add(Arrays.asList(
                tx.organizationId(),
                trace.id(),
                trace.projectId(),
                trace.parentTraceId(),
                trace.externalId(),
                trace.name(),
                trace.status(),
                trace.startedAt(),
                trace.endedAt(),
                trace.environment(),
                trace.sessionId(),
                trace.endUserId(),
                trace.promptVersionId(),
                trace.modelId(),
                trace.providerName(),
                trace.modelName(),
                trace.retryCount(),
                trace.errorType(),
                trace.errorMessage(),
                Columns.jsonbOrNull(trace.input()),
                Columns.jsonbOrNull(trace.output()),
                Columns.jsonb(trace.metadata())));
        trace.spans().forEach(span -> add(trace.id(), span));
    }

    private void add(UUID traceId, NewSpan span) {
        spans.add(Arrays.asList(
                tx.organizationId(),
                traceId,
                span.id(),
                span.parentId(),
                span.name(),
                span.kind(),
                span.status(),
                span.startedAt(),
                span.endedAt(),
                span.operationName(),
                span.providerName(),
                span.requestModel(),
                span.responseModel(),
                span.responseId(),
                span.modelId(),
                span.finishReasons().toArray(String[]::new),
                span.temperature(),
                span.maxTokens(),
                span.timeToFirstToken(),
                span.inputTokens(),
                span.outputTokens(),
                span.cachedInputTokens(),
                span.cacheCreationInputTokens(),
                span.reasoningOutputTokens(),
                span.cost(),
                span.errorType(),
                span.errorMessage(),
                Columns.jsonbOrNull(span.input()),
                Columns.jsonbOrNull(span.output()),
                Columns.jsonb(span.attributes()),
                Columns.jsonb(span.events())));
    }
}
