package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Column.Kind;
import io.promptforge.dao.trace.NewTrace;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/**
 * A row of {@code traces}, with the totals of its spans.
 *
 * @param organizationId the tenant
 * @param given the trace, as ours gets it
 * @param spans the rows of its spans
 * @param inputTokens tokens read
 * @param outputTokens tokens written
 * @param cost US dollars
 */
record TraceRow(
        UUID organizationId,
        NewTrace given,
        List<SpanRow> spans,
        long inputTokens,
        long outputTokens,
        BigDecimal cost) {
    static final Table<TraceRow> TABLE = new Table<>(
            "traces",
            List.of(
                    new Column<>("organization_id", Kind.ID, TraceRow::organizationId),
                    new Column<>("id", Kind.ID, row -> row.given.id()),
                    new Column<>("project_id", Kind.ID, row -> row.given.projectId()),
                    new Column<>("parent_trace_id", Kind.ID, row -> row.given.parentTraceId()),
                    new Column<>("external_id", Kind.TEXT, row -> row.given.externalId()),
                    new Column<>("name", Kind.TEXT, row -> row.given.name()),
                    new Column<>("status", Kind.TEXT, row -> Stored.name(row.given.status())),
                    new Column<>("started_at", Kind.TIME, row -> row.given.startedAt()),
                    new Column<>("ended_at", Kind.TIME, row -> row.given.endedAt()),
                    new Column<>("environment", Kind.TEXT, row -> row.given.environment()),
                    new Column<>("session_id", Kind.TEXT, row -> row.given.sessionId()),
                    new Column<>("end_user_id", Kind.TEXT, row -> row.given.endUserId()),
                    new Column<>("prompt_version_id", Kind.ID, row -> row.given.promptVersionId()),
                    new Column<>("model_id", Kind.ID, row -> row.given.modelId()),
                    new Column<>("provider_name", Kind.TEXT, row -> row.given.providerName()),
                    new Column<>("model_name", Kind.TEXT, row -> row.given.modelName()),
                    new Column<>("retry_count", Kind.INTEGER, row -> row.given.retryCount()),
                    new Column<>("error_type", Kind.TEXT, row -> row.given.errorType()),
                    new Column<>("error_message", Kind.TEXT, row -> row.given.errorMessage()),
                    new Column<>("input", Kind.JSON, row -> Stored.text(row.given.input())),
                    new Column<>("output", Kind.JSON, row -> Stored.text(row.given.output())),
                    new Column<>("metadata", Kind.JSON, row -> Stored.text(row.given.metadata())),
                    new Column<>("span_count", Kind.INTEGER, row -> row.spans.size()),
                    new Column<>("input_tokens", Kind.LONG, TraceRow::inputTokens),
                    new Column<>("output_tokens", Kind.LONG, TraceRow::outputTokens),
                    new Column<>("cost", Kind.DECIMAL, TraceRow::cost)));
}
