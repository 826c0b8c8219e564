package io.promptforge.dao.trace.ingest;

import static io.promptforge.schema.jooq.Tables.TRACES;

import io.promptforge.dao.internal.query.NamedValues;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ExecutionStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/**
 * What records of a trace report together, without its spans, and the column of each field; null where they report nothing.
 */
public final class TraceFields extends Reported<TraceFields> implements NamedValues {
    static final long BYTES_OF_METADATA = 262_144;

    /** All reported columns. */
    static final List<Column<TraceFields, ?>> REPORTED = List.of(
            column(TRACES.PROJECT_ID, f -> f.projectId, (f, v) -> f.projectId = v, MergeRules::id),
            column(TRACES.NAME, f -> f.name, (f, v) -> f.name = v, MergeRules::greatest),
            column(TRACES.STATUS, f -> f.status, (f, v) -> f.status = v, MergeRules::gravest)
                    .emptyAs(ExecutionStatus.RUNNING),
            column(TRACES.STARTED_AT, f -> f.startedAt, (f, v) -> f.startedAt = v, MergeRules::least),
            column(TRACES.ENDED_AT, f -> f.endedAt, (f, v) -> f.endedAt = v, MergeRules::greatest),
            column(TRACES.PARENT_TRACE_ID, f -> f.parentTraceId, (f, v) -> f.parentTraceId = v, MergeRules::id),
            column(TRACES.EXTERNAL_ID, f -> f.externalId, (f, v) -> f.externalId = v, MergeRules::greatest),
            column(TRACES.ENVIRONMENT, f -> f.environment, (f, v) -> f.environment = v, MergeRules::greatest),
            column(TRACES.SESSION_ID, f -> f.sessionId, (f, v) -> f.sessionId = v, MergeRules::greatest),
            column(TRACES.END_USER_ID, f -> f.endUserId, (f, v) -> f.endUserId = v, MergeRules::greatest),
            column(TRACES.PROMPT_VERSION_ID, f -> f.promptVersionId, (f, v) -> f.promptVersionId = v, MergeRules::id),
            column(TRACES.MODEL_ID, f -> f.modelId, (f, v) -> f.modelId = v, MergeRules::id),
            column(TRACES.PROVIDER_NAME, f -> f.providerName, (f, v) -> f.providerName = v, MergeRules::greatest),
            column(TRACES.MODEL_NAME, f -> f.modelName, (f, v) -> f.modelName = v, MergeRules::greatest),
            column(TRACES.RETRY_COUNT, f -> f.retryCount, (f, v) -> f.retryCount = v, MergeRules::greatest)
                    .emptyAs(0),
            column(TRACES.ERROR_TYPE, f -> f.errorType, (f, v) -> f.errorType = v, MergeRules::greatest),
            column(TRACES.ERROR_MESSAGE, f -> f.errorMessage, (f, v) -> f.errorMessage = v, MergeRules::greatest),
            column(TRACES.REPORTED_INPUT_TOKENS, f -> f.inputTokens, (f, v) -> f.inputTokens = v, MergeRules::greatest),
            column(
                    TRACES.REPORTED_OUTPUT_TOKENS,
                    f -> f.outputTokens,
                    (f, v) -> f.outputTokens = v,
                    MergeRules::greatest),
            column(TRACES.REPORTED_COST, f -> f.cost, (f, v) -> f.cost = v, MergeRules::greatest),
            document(TRACES.INPUT, f -> f.input, (f, v) -> f.input = v, MergeRules::longest),
            document(TRACES.OUTPUT, f -> f.output, (f, v) -> f.output = v, MergeRules::longest),
            document(TRACES.METADATA, f -> f.metadata, (f, v) -> f.metadata = v, MergeRules.union(BYTES_OF_METADATA))
                    .emptyAs(Json.emptyObject()),
            Column.ofTexts(TRACES.TAGS, f -> f.tags, (f, v) -> f.tags = v, MergeRules::tags));

    public UUID projectId;

    public @Nullable String name;

    public ExecutionStatus status = ExecutionStatus.RUNNING;

    public @Nullable Instant startedAt;

    public @Nullable Instant endedAt;

    public @Nullable UUID parentTraceId;

    public @Nullable String externalId;

    public @Nullable String environment;

    public @Nullable String sessionId;

    public @Nullable String endUserId;

    public @Nullable UUID promptVersionId;

    public @Nullable UUID modelId;

    public @Nullable String providerName;

    public @Nullable String modelName;

    public int retryCount;

    public @Nullable String errorType;

    public @Nullable String errorMessage;

    public @Nullable Long inputTokens;

    public @Nullable Long outputTokens;

    public @Nullable BigDecimal cost;

    public @Nullable Json input;

    public @Nullable Json output;

    public Json metadata = Json.emptyObject();

    /** Sorted and without repetition. */
    public List<String> tags = List.of();

    public TraceFields(UUID id, UUID projectId) {
        super(id);
        this.projectId = projectId;
    }

    /** Whether only spans of the trace have been recorded, so that name and start are null. */
    public boolean onlySpansKnown() {
        return startedAt == null;
    }

    /** The project, and the trace, which may be stored in another project. */
    @Override
    public @Nullable Object value(String field) {
        return switch (field) {
            case "project_id" -> projectId;
            case "trace_id" -> id;
            default -> null;
        };
    }

    @Override
    public boolean hasEnded() {
        return status != ExecutionStatus.RUNNING;
    }

    /** The names of all reported columns. */
    public static Stream<String> columns() {
        return REPORTED.stream().map(Column::name);
    }

    @Override
    List<Column<TraceFields, ?>> reported() {
        return REPORTED;
    }

    @Override
    TraceFields self() {
        return this;
    }

    @Override
    TraceFields empty() {
        return new TraceFields(id, projectId);
    }

    /** The end may be that of {@code finish}, and the start come with a later record, by another clock. */
    @Override
    void mergeColumns(Merge<TraceFields> merge) {
        super.mergeColumns(merge);
        TraceFields stored = ReportedEnd.of(this);
        endedAt = stored.endedAt;
        metadata = stored.metadata;
    }

    /** These fields without payload: the note stands where there was an input or output. */
    TraceFields redacted(String note) {
        TraceFields redacted = clone();
        redacted.input = input == null ? null : Json.of(note);
        redacted.output = output == null ? null : Json.of(note);
        redacted.metadata = Json.emptyObject();
        redacted.errorMessage = null;
        return redacted;
    }

    private static <T> Column<TraceFields, T> column(
            Field<T> column,
            Function<TraceFields, @Nullable T> getter,
            BiConsumer<TraceFields, T> setter,
            BinaryOperator<T> rule) {
        return Column.of(column, getter, setter, rule);
    }

    private static Column<TraceFields, Json> document(
            Field<JSONB> column,
            Function<TraceFields, @Nullable Json> getter,
            BiConsumer<TraceFields, Json> setter,
            BinaryOperator<Json> rule) {
        return Column.ofDocument(column, getter, setter, rule);
    }
}
