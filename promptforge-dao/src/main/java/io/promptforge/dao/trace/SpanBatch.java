package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.SPANS;

import io.promptforge.dao.internal.BatchInsert;
import io.promptforge.dao.internal.Columns;
import io.promptforge.dao.internal.TenantSession;
import io.promptforge.schema.jooq.tables.records.SpansRecord;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jooq.Field;

/** Writes new spans by one statement. */
final class SpanBatch {
    private static final List<Field<?>> FIELDS = List.of(
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

    private final UUID organization;
    private final RegisteredModels models;
    private final BatchInsert<SpansRecord> rows = new BatchInsert<>(SPANS, FIELDS);

    /** A batch without spans yet, whose spans get their models and costs from these models. */
    SpanBatch(UUID organization, RegisteredModels models) {
        this.organization = organization;
        this.models = models;
    }

    void insert(TenantSession tx) {
        tx.run(dsl -> rows.on(dsl).execute());
    }

    void add(UUID traceId, NewSpan span) {
        rows.add(Arrays.asList(
                organization,
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
                models.idFor(span),
                span.finishReasons().toArray(String[]::new),
                span.temperature(),
                span.maxTokens(),
                span.timeToFirstToken(),
                span.inputTokens(),
                span.outputTokens(),
                span.cachedInputTokens(),
                span.cacheCreationInputTokens(),
                span.reasoningOutputTokens(),
                models.costOf(span),
                span.errorType(),
                span.errorMessage(),
                Columns.jsonbOrNull(span.input()),
                Columns.jsonbOrNull(span.output()),
                Columns.jsonb(span.attributes()),
                Columns.jsonb(span.events())));
    }
}
