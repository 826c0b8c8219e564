package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Column.Kind;
import io.promptforge.dao.trace.NewSpan;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code spans}. Its model and its cost are known beforehand, at no cost to the rivals; ours looks them up.
 *
 * @param organizationId the tenant
 * @param traceId its trace
 * @param given the span, as ours gets it
 * @param modelId the registered model
 * @param cost US dollars
 */
record SpanRow(
        UUID organizationId,
        UUID traceId,
        NewSpan given,
        @Nullable UUID modelId,
        @Nullable BigDecimal cost) {
    static final Table<SpanRow> TABLE = new Table<>(
            "spans",
            List.of(
                    new Column<>("organization_id", Kind.ID, SpanRow::organizationId),
                    new Column<>("trace_id", Kind.ID, SpanRow::traceId),
                    new Column<>("id", Kind.ID, row -> row.given.id()),
                    new Column<>("parent_id", Kind.ID, row -> row.given.parentId()),
                    new Column<>("name", Kind.TEXT, row -> row.given.name()),
                    new Column<>("kind", Kind.TEXT, row -> Stored.name(row.given.kind())),
                    new Column<>("status", Kind.TEXT, row -> Stored.name(row.given.status())),
                    new Column<>("started_at", Kind.TIME, row -> row.given.startedAt()),
                    new Column<>("ended_at", Kind.TIME, row -> row.given.endedAt()),
                    new Column<>("operation_name", Kind.TEXT, row -> row.given.operationName()),
                    new Column<>("provider_name", Kind.TEXT, row -> row.given.providerName()),
                    new Column<>("request_model", Kind.TEXT, row -> row.given.requestModel()),
                    new Column<>("response_model", Kind.TEXT, row -> row.given.responseModel()),
                    new Column<>("response_id", Kind.TEXT, row -> row.given.responseId()),
                    new Column<>("model_id", Kind.ID, SpanRow::modelId),
                    new Column<>("finish_reasons", Kind.TEXTS, row -> row.given
                            .finishReasons()
                            .toArray(String[]::new)),
                    new Column<>("temperature", Kind.DOUBLE, row -> row.given.temperature()),
                    new Column<>("max_tokens", Kind.INTEGER, row -> row.given.maxTokens()),
                    new Column<>(
                            "time_to_first_token_us", Kind.LONG, row -> Stored.micros(row.given.timeToFirstToken())),
                    new Column<>("input_tokens", Kind.LONG, row -> row.given.inputTokens()),
                    new Column<>("output_tokens", Kind.LONG, row -> row.given.outputTokens()),
                    new Column<>("cached_input_tokens", Kind.LONG, row -> row.given.cachedInputTokens()),
                    new Column<>("cache_creation_input_tokens", Kind.LONG, row -> row.given.cacheCreationInputTokens()),
                    new Column<>("reasoning_output_tokens", Kind.LONG, row -> row.given.reasoningOutputTokens()),
                    new Column<>("cost", Kind.DECIMAL, SpanRow::cost),
                    new Column<>("error_type", Kind.TEXT, row -> row.given.errorType()),
                    new Column<>("error_message", Kind.TEXT, row -> row.given.errorMessage()),
                    new Column<>("input", Kind.JSON, row -> Stored.text(row.given.input())),
                    new Column<>("output", Kind.JSON, row -> Stored.text(row.given.output())),
                    new Column<>("attributes", Kind.JSON, row -> Stored.text(row.given.attributes())),
                    new Column<>("events", Kind.JSON, row -> Stored.text(row.given.events()))));
}
