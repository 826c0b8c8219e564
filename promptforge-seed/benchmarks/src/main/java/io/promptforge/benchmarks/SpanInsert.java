package io.promptforge.benchmarks;

import io.promptforge.benchmarks.InsertColumn.Kind;
import io.promptforge.dao.trace.NewSpan;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code spans}. The contenders are given its model and cost; PromptForge looks them up.
 *
 * @param organizationId the tenant
 * @param traceId its trace
 * @param given the span, as PromptForge gets it
 * @param modelId the registered model
 * @param cost US dollars
 */
record SpanInsert(
        UUID organizationId,
        UUID traceId,
        NewSpan given,
        @Nullable UUID modelId,
        @Nullable BigDecimal cost) {
    static final InsertTable<SpanInsert> TABLE = new InsertTable<>(
            "spans",
            List.of(
                    new InsertColumn<>("organization_id", Kind.ID, SpanInsert::organizationId),
                    new InsertColumn<>("trace_id", Kind.ID, SpanInsert::traceId),
                    new InsertColumn<>("id", Kind.ID, row -> row.given.id()),
                    new InsertColumn<>("parent_id", Kind.ID, row -> row.given.parentId()),
                    new InsertColumn<>("parent_remote", Kind.FLAG, row -> row.given.parentRemote()),
                    new InsertColumn<>("name", Kind.TEXT, row -> row.given.name()),
                    new InsertColumn<>("kind", Kind.TEXT, row -> StoredValues.name(row.given.kind())),
                    new InsertColumn<>("status", Kind.TEXT, row -> StoredValues.name(row.given.status())),
                    new InsertColumn<>("started_at", Kind.TIME, row -> row.given.startedAt()),
                    new InsertColumn<>("ended_at", Kind.TIME, row -> row.given.endedAt()),
                    new InsertColumn<>("operation_name", Kind.TEXT, row -> row.given.operationName()),
                    new InsertColumn<>("provider_name", Kind.TEXT, row -> row.given.providerName()),
                    new InsertColumn<>("request_model", Kind.TEXT, row -> row.given.requestModel()),
                    new InsertColumn<>("response_model", Kind.TEXT, row -> row.given.responseModel()),
                    new InsertColumn<>("response_id", Kind.TEXT, row -> row.given.responseId()),
                    new InsertColumn<>("model_id", Kind.ID, SpanInsert::modelId),
                    new InsertColumn<>("finish_reasons", Kind.TEXTS, row -> row.given
                            .finishReasons()
                            .toArray(String[]::new)),
                    new InsertColumn<>("temperature", Kind.DOUBLE, row -> row.given.temperature()),
                    new InsertColumn<>("max_tokens", Kind.INTEGER, row -> row.given.maxTokens()),
                    new InsertColumn<>(
                            "time_to_first_token_us",
                            Kind.LONG,
                            row -> StoredValues.micros(row.given.timeToFirstToken())),
                    new InsertColumn<>("input_tokens", Kind.LONG, row -> row.given.inputTokens()),
                    new InsertColumn<>("output_tokens", Kind.LONG, row -> row.given.outputTokens()),
                    new InsertColumn<>("cached_input_tokens", Kind.LONG, row -> row.given.cachedInputTokens()),
                    new InsertColumn<>(
                            "cache_creation_input_tokens", Kind.LONG, row -> row.given.cacheCreationInputTokens()),
                    new InsertColumn<>("reasoning_output_tokens", Kind.LONG, row -> row.given.reasoningOutputTokens()),
                    new InsertColumn<>("cost", Kind.DECIMAL, SpanInsert::cost),
                    new InsertColumn<>("cost_reported", Kind.FLAG, row -> row.given.cost() != null),
                    new InsertColumn<>("revision", Kind.INTEGER, row -> row.given.revision()),
                    new InsertColumn<>("error_type", Kind.TEXT, row -> row.given.errorType()),
                    new InsertColumn<>("error_message", Kind.TEXT, row -> row.given.errorMessage()),
                    new InsertColumn<>("input", Kind.JSON, row -> StoredValues.text(row.given.input())),
                    new InsertColumn<>("output", Kind.JSON, row -> StoredValues.text(row.given.output())),
                    new InsertColumn<>("attributes", Kind.JSON, row -> StoredValues.text(row.given.attributes())),
                    new InsertColumn<>("events", Kind.JSON, row -> StoredValues.text(row.given.events()))));
}
