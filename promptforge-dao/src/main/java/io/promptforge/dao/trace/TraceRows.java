package io.promptforge.dao.trace;

import io.promptforge.dao.internal.Columns;
import io.promptforge.schema.jooq.tables.records.SpansRecord;
import io.promptforge.schema.jooq.tables.records.TracesRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** From rows to the domain's records. */
final class TraceRows {
    private TraceRows() {}

    static Trace trace(TracesRecord row) {
        return new Trace(
                row.getId(),
                row.getProjectId(),
                Optional.ofNullable(row.getParentTraceId()),
                Optional.ofNullable(row.getExternalId()),
                row.getName(),
                row.getStatus(),
                row.getStartedAt(),
                Optional.ofNullable(row.getEndedAt()),
                Optional.ofNullable(row.getEnvironment()),
                Optional.ofNullable(row.getSessionId()),
                Optional.ofNullable(row.getEndUserId()),
                Optional.ofNullable(row.getPromptVersionId()),
                Optional.ofNullable(row.getModelId()),
                Optional.ofNullable(row.getProviderName()),
                Optional.ofNullable(row.getModelName()),
                row.getRetryCount(),
                Optional.ofNullable(row.getErrorType()),
                Optional.ofNullable(row.getErrorMessage()),
                Columns.optionalJson(row.getInput()),
                Columns.optionalJson(row.getOutput()),
                Columns.json(row.getMetadata()),
                new TraceTotals(
                        row.getSpanCount(), row.getInputTokens(), row.getOutputTokens(), Columns.plain(row.getCost())),
                row.getCreatedAt(),
                row.getUpdatedAt());
    }

    static Span span(SpansRecord row) {
        return new Span(
                row.getTraceId(),
                row.getId(),
                Optional.ofNullable(row.getParentId()),
                row.getName(),
                row.getKind(),
                row.getStatus(),
                row.getStartedAt(),
                Optional.ofNullable(row.getEndedAt()),
                modelCall(row),
                Optional.ofNullable(row.getErrorType()),
                Optional.ofNullable(row.getErrorMessage()),
                Columns.optionalJson(row.getInput()),
                Columns.optionalJson(row.getOutput()),
                Columns.json(row.getAttributes()),
                Columns.json(row.getEvents()));
    }

    private static ModelCall modelCall(SpansRecord row) {
        return new ModelCall(
                Optional.ofNullable(row.getOperationName()),
                Optional.ofNullable(row.getProviderName()),
                Optional.ofNullable(row.getRequestModel()),
                Optional.ofNullable(row.getResponseModel()),
                Optional.ofNullable(row.getResponseId()),
                Optional.ofNullable(row.getModelId()),
                row.getFinishReasons() == null ? List.of() : List.of(row.getFinishReasons()),
                row.getTemperature() == null ? OptionalDouble.empty() : OptionalDouble.of(row.getTemperature()),
                Columns.optionalInt(row.getMaxTokens()),
                Optional.ofNullable(row.getTimeToFirstTokenUs()),
                new TokenUsage(
                        Columns.optionalLong(row.getInputTokens()),
                        Columns.optionalLong(row.getOutputTokens()),
                        Columns.optionalLong(row.getCachedInputTokens()),
                        Columns.optionalLong(row.getCacheCreationInputTokens()),
                        Columns.optionalLong(row.getReasoningOutputTokens())),
                Columns.optionalPlain(row.getCost()));
    }
}
