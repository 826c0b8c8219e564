package io.promptforge.benchmarks;

import io.promptforge.benchmarks.InsertColumn.Kind;
import io.promptforge.dao.trace.NewTrace;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/**
 * A row of {@code traces}, with the totals of its spans.
 *
 * @param organizationId the tenant
 * @param given the trace, as PromptForge gets it
 * @param spans the rows of its spans
 * @param inputTokens tokens read
 * @param outputTokens tokens written
 * @param cost US dollars
 */
record TraceInsert(
        UUID organizationId,
        NewTrace given,
        List<SpanInsert> spans,
        long inputTokens,
        long outputTokens,
        BigDecimal cost) {
    static final InsertTable<TraceInsert> TABLE = new InsertTable<>(
            "traces",
            List.of(
                    new InsertColumn<>("organization_id", Kind.ID, TraceInsert::organizationId),
                    new InsertColumn<>("id", Kind.ID, row -> row.given.id()),
                    new InsertColumn<>("project_id", Kind.ID, row -> row.given.projectId()),
                    new InsertColumn<>("parent_trace_id", Kind.ID, row -> row.given.parentTraceId()),
                    new InsertColumn<>("external_id", Kind.TEXT, row -> row.given.externalId()),
                    new InsertColumn<>("name", Kind.TEXT, row -> row.given.name()),
                    new InsertColumn<>("status", Kind.TEXT, row -> StoredValues.name(row.given.status())),
                    new InsertColumn<>("started_at", Kind.TIME, row -> row.given.startedAt()),
                    new InsertColumn<>("ended_at", Kind.TIME, row -> row.given.endedAt()),
                    new InsertColumn<>("environment", Kind.TEXT, row -> row.given.environment()),
                    new InsertColumn<>("session_id", Kind.TEXT, row -> row.given.sessionId()),
                    new InsertColumn<>("end_user_id", Kind.TEXT, row -> row.given.endUserId()),
                    new InsertColumn<>("prompt_version_id", Kind.ID, row -> row.given.promptVersionId()),
                    new InsertColumn<>("model_id", Kind.ID, row -> row.given.modelId()),
                    new InsertColumn<>("provider_name", Kind.TEXT, row -> row.given.providerName()),
                    new InsertColumn<>("model_name", Kind.TEXT, row -> row.given.modelName()),
                    new InsertColumn<>("revision", Kind.INTEGER, row -> row.given.revision()),
                    new InsertColumn<>("retry_count", Kind.INTEGER, row -> row.given.retryCount()),
                    new InsertColumn<>("error_type", Kind.TEXT, row -> row.given.errorType()),
                    new InsertColumn<>("error_message", Kind.TEXT, row -> row.given.errorMessage()),
                    new InsertColumn<>("input", Kind.JSON, row -> StoredValues.text(row.given.input())),
                    new InsertColumn<>("output", Kind.JSON, row -> StoredValues.text(row.given.output())),
                    new InsertColumn<>("metadata", Kind.JSON, row -> StoredValues.text(row.given.metadata())),
                    new InsertColumn<>(
                            "tags", Kind.TEXTS, row -> row.given.tags().toArray(String[]::new)),
                    new InsertColumn<>("span_count", Kind.INTEGER, row -> row.spans.size()),
                    new InsertColumn<>("input_tokens", Kind.LONG, TraceInsert::inputTokens),
                    new InsertColumn<>("output_tokens", Kind.LONG, TraceInsert::outputTokens),
                    new InsertColumn<>("cost", Kind.DECIMAL, TraceInsert::cost)));

    static List<UUID> ids(List<TraceInsert> traces) {
        return traces.stream().map(trace -> trace.given().id()).toList();
    }

    /** The number of spans of these traces. */
    static long spans(List<TraceInsert> traces) {
        return traces.stream().mapToLong(trace -> trace.spans().size()).sum();
    }
}
