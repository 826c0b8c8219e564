package io.promptforge.seed.volume;

import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Writes traces and their spans as {@code TraceRepository.record} stores them, by COPY. Columns that are not named here
 * keep their defaults. For one thread.
 */
final class RowWriter {
    private static final String[] TRACE_COLUMNS = {
        "organization_id",
        "id",
        "project_id",
        "external_id",
        "name",
        "status",
        "started_at",
        "ended_at",
        "environment",
        "session_id",
        "end_user_id",
        "provider_name",
        "model_name",
        "retry_count",
        "error_type",
        "error_message",
        "input",
        "output",
        "metadata",
        "span_count",
        "input_tokens",
        "output_tokens",
        "cost"
    };

    private static final String[] SPAN_COLUMNS = {
        "organization_id",
        "trace_id",
        "id",
        "started_at",
        "ended_at",
        "parent_id",
        "name",
        "kind",
        "status",
        "operation_name",
        "provider_name",
        "request_model",
        "response_model",
        "response_id",
        "model_id",
        "finish_reasons",
        "temperature",
        "max_tokens",
        "time_to_first_token_us",
        "input_tokens",
        "output_tokens",
        "cached_input_tokens",
        "cache_creation_input_tokens",
        "reasoning_output_tokens",
        "cost",
        "error_type",
        "error_message",
        "input",
        "output",
        "attributes",
        "events"
    };

    private final UUID organizationId;
    private final Map<String, UUID> modelIds = new HashMap<>();
    private final String schema;
    private final CopyBuffer traces = new CopyBuffer();
    private final CopyBuffer spans = new CopyBuffer();

    RowWriter(VolumeOrganization organization, String schema) {
        this.schema = schema;
        organizationId = organization.id();
        for (VolumeModel model : VolumeModel.ALL) {
            modelIds.put(model.name(), organization.modelId(model));
        }
        clear();
    }

    /** Forgets all that was added. */
    void clear() {
        traces.clear();
        spans.clear();
    }

    void add(NewTrace trace, Totals totals) {
        traces.row(TRACE_COLUMNS.length)
                .uuid(organizationId)
                .uuid(trace.id())
                .uuid(trace.projectId())
                .text(trace.externalId())
                .text(trace.name())
                .constant(trace.status())
                .timestamp(trace.startedAt())
                .timestamp(trace.endedAt())
                .text(trace.environment())
                .text(trace.sessionId())
                .text(trace.endUserId())
                .text(trace.providerName())
                .text(trace.modelName())
                .integer(trace.retryCount())
                .text(trace.errorType())
                .text(trace.errorMessage())
                .json(trace.input())
                .json(trace.output())
                .json(trace.metadata())
                .integer((int) totals.spans())
                .bigint(totals.inputTokens())
                .bigint(totals.outputTokens())
                .dollars(totals.cost());
        trace.spans().forEach(span -> add(trace.id(), span));
    }

    private void add(UUID traceId, NewSpan span) {
        VolumeModel model = span.requestModel() == null ? null : VolumeModel.named(span.requestModel());
        spans.row(SPAN_COLUMNS.length)
                .uuid(organizationId)
                .uuid(traceId)
                .uuid(span.id())
                .timestamp(span.startedAt())
                .timestamp(span.endedAt())
                .uuid(span.parentId())
                .text(span.name())
                .constant(span.kind())
                .constant(span.status())
                .text(span.operationName())
                .text(span.providerName())
                .text(span.requestModel())
                .text(span.responseModel())
                .text(span.responseId())
                .uuid(model == null ? null : modelIds.get(model.name()))
                .texts(span.finishReasons())
                .decimal(span.temperature())
                .integer(span.maxTokens())
                .microseconds(span.timeToFirstToken())
                .bigint(span.inputTokens())
                .bigint(span.outputTokens())
                .bigint(span.cachedInputTokens())
                .bigint(span.cacheCreationInputTokens())
                .bigint(span.reasoningOutputTokens())
                .dollars(model == null ? null : cost(model, span))
                .text(span.errorType())
                .text(span.errorMessage())
                .json(span.input())
                .json(span.output())
                .json(span.attributes())
                .json(span.events());
    }

    /** Sends what was added; traces first, since spans refer to them. */
    void send(PGConnection connection) throws SQLException {
        traces.send(connection, copy("traces", TRACE_COLUMNS));
        spans.send(connection, copy("spans", SPAN_COLUMNS));
    }

    private String copy(String table, String[] columns) {
        return "COPY " + schema + "." + table + " (" + String.join(", ", columns) + ") FROM STDIN (FORMAT binary)";
    }

    private static @Nullable BigDecimal cost(VolumeModel model, NewSpan span) {
        return span.inputTokens() == null
                ? null
                : model.cost(
                        span.inputTokens(),
                        Objects.requireNonNullElse(span.cachedInputTokens(), 0L),
                        Objects.requireNonNullElse(span.outputTokens(), 0L));
    }
}
