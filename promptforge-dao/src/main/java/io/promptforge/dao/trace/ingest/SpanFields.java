package io.promptforge.dao.trace.ingest;

import static io.promptforge.schema.jooq.Tables.SPANS;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.model.UsageUnit;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/**
 * What records of a span report together, and the column of each field; null where they report nothing.
 */
public final class SpanFields extends Reported<SpanFields> {
    static final long BYTES_OF_ATTRIBUTES = 4_194_304;

    /** The columns that a row stores as they were reported. */
    static final List<Column<SpanFields, ?>> STORED = List.of(
            column(SPANS.NAME, f -> f.name, (f, v) -> f.name = v, MergeRules::greatest),
            column(SPANS.KIND, f -> f.kind, (f, v) -> f.kind = v, MergeRules::kind),
            column(SPANS.STATUS, f -> f.status, (f, v) -> f.status = v, MergeRules::gravest),
            column(SPANS.STARTED_AT, f -> f.startedAt, (f, v) -> f.startedAt = v, MergeRules::least),
            column(SPANS.ENDED_AT, f -> f.endedAt, (f, v) -> f.endedAt = v, MergeRules::greatest),
            column(SPANS.PARENT_ID, f -> f.parentId, (f, v) -> f.parentId = v, MergeRules::id),
            column(SPANS.PARENT_REMOTE, f -> f.parentRemote, (f, v) -> f.parentRemote = v, MergeRules::greatest),
            column(SPANS.OPERATION_NAME, f -> f.operationName, (f, v) -> f.operationName = v, MergeRules::greatest),
            column(SPANS.PROVIDER_NAME, f -> f.providerName, (f, v) -> f.providerName = v, MergeRules::greatest),
            column(SPANS.REQUEST_MODEL, f -> f.requestModel, (f, v) -> f.requestModel = v, MergeRules::greatest),
            column(SPANS.RESPONSE_MODEL, f -> f.responseModel, (f, v) -> f.responseModel = v, MergeRules::greatest),
            column(SPANS.RESPONSE_ID, f -> f.responseId, (f, v) -> f.responseId = v, MergeRules::greatest),
            Column.ofTexts(
                    SPANS.FINISH_REASONS, f -> f.finishReasons, (f, v) -> f.finishReasons = v, MergeRules::longest),
            column(SPANS.TEMPERATURE, f -> f.temperature, (f, v) -> f.temperature = v, MergeRules::greatest),
            column(SPANS.MAX_TOKENS, f -> f.maxTokens, (f, v) -> f.maxTokens = v, MergeRules::greatest),
            column(
                    SPANS.TIME_TO_FIRST_TOKEN_US,
                    f -> f.timeToFirstToken,
                    (f, v) -> f.timeToFirstToken = v,
                    MergeRules::greatest),
            tokens(SPANS.INPUT_TOKENS, f -> f.inputTokens, (f, v) -> f.inputTokens = v),
            tokens(SPANS.OUTPUT_TOKENS, f -> f.outputTokens, (f, v) -> f.outputTokens = v),
            tokens(SPANS.CACHED_INPUT_TOKENS, f -> f.cachedInputTokens, (f, v) -> f.cachedInputTokens = v),
            tokens(
                    SPANS.CACHE_CREATION_INPUT_TOKENS,
                    f -> f.cacheCreationInputTokens,
                    (f, v) -> f.cacheCreationInputTokens = v),
            tokens(SPANS.REASONING_OUTPUT_TOKENS, f -> f.reasoningOutputTokens, (f, v) -> f.reasoningOutputTokens = v),
            Column.unmergedDocument(
                    SPANS.USAGE, f -> SpanUsage.document(f.usage), (f, v) -> f.usage = SpanUsage.read(v)),
            column(SPANS.SERVICE_TIER, f -> f.serviceTier, (f, v) -> f.serviceTier = v, MergeRules::greatest),
            column(SPANS.ERROR_TYPE, f -> f.errorType, (f, v) -> f.errorType = v, MergeRules::greatest),
            column(SPANS.ERROR_MESSAGE, f -> f.errorMessage, (f, v) -> f.errorMessage = v, MergeRules::greatest),
            document(SPANS.INPUT, f -> f.input, (f, v) -> f.input = v, MergeRules::longest),
            document(SPANS.OUTPUT, f -> f.output, (f, v) -> f.output = v, MergeRules::longest),
            document(
                            SPANS.ATTRIBUTES,
                            f -> f.attributes,
                            (f, v) -> f.attributes = v,
                            MergeRules.union(BYTES_OF_ATTRIBUTES))
                    .emptyAs(Json.emptyObject()),
            document(SPANS.EVENTS, f -> f.events, (f, v) -> f.events = v, MergeRules::longest)
                    .emptyAs(Json.emptyArray()));

    /** Stored apart from the others, since the row has the model that was found by its name where none was reported. */
    private static final Column<SpanFields, ?> MODEL_ID =
            column(SPANS.MODEL_ID, f -> f.modelId, (f, v) -> f.modelId = v, MergeRules::id);

    /** Stored apart from the others, since the row has the computed cost where none was reported. */
    private static final Column<SpanFields, ?> COST =
            column(SPANS.COST, f -> f.cost, (f, v) -> f.cost = v, MergeRules::greatest);

    /** All reported columns but the keys. */
    static final List<Column<SpanFields, ?>> REPORTED =
            Stream.concat(STORED.stream(), Stream.of(MODEL_ID, COST)).toList();

    public String name;
    public SpanKind kind;
    public ExecutionStatus status;
    public Instant startedAt;

    public @Nullable Instant endedAt;

    public @Nullable UUID parentId;

    public @Nullable Boolean parentRemote;

    public @Nullable String operationName;

    public @Nullable String providerName;

    public @Nullable String requestModel;

    public @Nullable String responseModel;

    public @Nullable String responseId;

    public @Nullable UUID modelId;

    public List<String> finishReasons = List.of();

    public @Nullable Double temperature;

    public @Nullable Integer maxTokens;

    public @Nullable Duration timeToFirstToken;

    public @Nullable Long inputTokens;

    public @Nullable Long outputTokens;

    public @Nullable Long cachedInputTokens;

    public @Nullable Long cacheCreationInputTokens;

    public @Nullable Long reasoningOutputTokens;

    /** Further counts. */
    public Map<UsageUnit, BigDecimal> usage = Map.of();

    public @Nullable String serviceTier;

    public @Nullable BigDecimal cost;

    public @Nullable String errorType;

    public @Nullable String errorMessage;

    public @Nullable Json input;

    public @Nullable Json output;

    public Json attributes = Json.emptyObject();
    public Json events = Json.emptyArray();

    /** The caller sets name, kind, status and start next. */
    @SuppressWarnings("NullAway.Init")
    public SpanFields(UUID id) {
        super(id);
    }

    @Override
    public boolean hasEnded() {
        return status != ExecutionStatus.RUNNING;
    }

    @Override
    List<Column<SpanFields, ?>> reported() {
        return REPORTED;
    }

    @Override
    SpanFields self() {
        return this;
    }

    @Override
    SpanFields empty() {
        return new SpanFields(id);
    }

    @Override
    void mergeColumns(Merge<SpanFields> merge) {
        super.mergeColumns(merge);
        Objects.requireNonNullElse(merge.of("tokens", SpanTokens::of, SpanTokens::greatest), SpanTokens.NONE)
                .set(this);
    }

    /** These fields without payload: the note stands where there was an input or output. */
    SpanFields redacted(String note) {
        SpanFields redacted = clone();
        redacted.input = input == null ? null : Json.of(note);
        redacted.output = output == null ? null : Json.of(note);
        redacted.attributes = Json.emptyObject();
        redacted.events = Json.emptyArray();
        redacted.errorMessage = null;
        return redacted;
    }

    private static <T> Column<SpanFields, T> column(
            Field<T> column,
            Function<SpanFields, @Nullable T> getter,
            BiConsumer<SpanFields, T> setter,
            BinaryOperator<T> rule) {
        return Column.of(column, getter, setter, rule);
    }

    private static Column<SpanFields, Json> document(
            Field<JSONB> column,
            Function<SpanFields, @Nullable Json> getter,
            BiConsumer<SpanFields, Json> setter,
            BinaryOperator<Json> rule) {
        return Column.ofDocument(column, getter, setter, rule);
    }

    /** A count of tokens, which {@link SpanTokens} merges together with the others. */
    private static Column<SpanFields, Long> tokens(
            Field<Long> column, Function<SpanFields, @Nullable Long> getter, BiConsumer<SpanFields, Long> setter) {
        return Column.unmerged(column, getter, setter);
    }
}
