package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.SPANS;

import io.promptforge.dao.json.Json;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/** The columns that records of a span report; {@link TraceRepository} states the rules by which they are merged. */
final class SpanColumns {
    /** Stored apart from the others, since the row has the model that was found by its name where none was reported. */
    private static final RecordColumn<SpanFields, ?> MODEL_ID =
            column(SPANS.MODEL_ID, f -> f.modelId, (f, v) -> f.modelId = v, MergeRules::id);

    /** Stored apart from the others, since the row has the computed cost where none was reported. */
    private static final RecordColumn<SpanFields, ?> COST =
            column(SPANS.COST, f -> f.cost, (f, v) -> f.cost = v, MergeRules::greatest);

    /** The columns that a row stores as they were reported. */
    static final List<RecordColumn<SpanFields, ?>> STORED = List.of(
            column(SPANS.NAME, f -> f.name, (f, v) -> f.name = v, MergeRules::greatest),
            column(SPANS.KIND, f -> f.kind, (f, v) -> f.kind = v, MergeRules::kind),
            column(SPANS.STATUS, f -> f.status, (f, v) -> f.status = v, MergeRules::gravest),
            column(SPANS.STARTED_AT, f -> f.startedAt, (f, v) -> f.startedAt = v, MergeRules::least),
            column(SPANS.ENDED_AT, f -> f.endedAt, (f, v) -> f.endedAt = v, MergeRules::greatest),
            column(SPANS.PARENT_ID, f -> f.parentId, (f, v) -> f.parentId = v, MergeRules::id),
            column(SPANS.OPERATION_NAME, f -> f.operationName, (f, v) -> f.operationName = v, MergeRules::greatest),
            column(SPANS.PROVIDER_NAME, f -> f.providerName, (f, v) -> f.providerName = v, MergeRules::greatest),
            column(SPANS.REQUEST_MODEL, f -> f.requestModel, (f, v) -> f.requestModel = v, MergeRules::greatest),
            column(SPANS.RESPONSE_MODEL, f -> f.responseModel, (f, v) -> f.responseModel = v, MergeRules::greatest),
            column(SPANS.RESPONSE_ID, f -> f.responseId, (f, v) -> f.responseId = v, MergeRules::greatest),
            RecordColumn.ofTexts(
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
            column(SPANS.ERROR_TYPE, f -> f.errorType, (f, v) -> f.errorType = v, MergeRules::greatest),
            column(SPANS.ERROR_MESSAGE, f -> f.errorMessage, (f, v) -> f.errorMessage = v, MergeRules::greatest),
            document(SPANS.INPUT, f -> f.input, (f, v) -> f.input = v, MergeRules::longest),
            document(SPANS.OUTPUT, f -> f.output, (f, v) -> f.output = v, MergeRules::longest),
            document(SPANS.ATTRIBUTES, f -> f.attributes, (f, v) -> f.attributes = v, MergeRules::union)
                    .emptyAs(Json.emptyObject()),
            document(SPANS.EVENTS, f -> f.events, (f, v) -> f.events = v, MergeRules::longest)
                    .emptyAs(Json.emptyArray()));

    /** All columns but the keys. */
    static final List<RecordColumn<SpanFields, ?>> ALL =
            Stream.concat(STORED.stream(), Stream.of(MODEL_ID, COST)).toList();

    private SpanColumns() {}

    /** Merges what two sets of records report of one span. */
    static MergedRecord<SpanFields> merge(MergedRecord<SpanFields> one, MergedRecord<SpanFields> other) {
        RecordMerge<SpanFields> merge = new RecordMerge<>(one, other);
        SpanFields merged = new SpanFields(one.fields().id);
        ALL.forEach(column -> column.merge(merge, merged));
        Objects.requireNonNullElse(merge.of("tokens", SpanTokens::of, SpanTokens::greatest), SpanTokens.NONE)
                .set(merged);
        return merge.result(merged);
    }

    private static <T> RecordColumn<SpanFields, T> column(
            Field<T> column,
            Function<SpanFields, @Nullable T> getter,
            BiConsumer<SpanFields, T> setter,
            BinaryOperator<T> rule) {
        return RecordColumn.of(column, getter, setter, rule);
    }

    private static RecordColumn<SpanFields, Json> document(
            Field<JSONB> column,
            Function<SpanFields, @Nullable Json> getter,
            BiConsumer<SpanFields, Json> setter,
            BinaryOperator<Json> rule) {
        return RecordColumn.ofDocument(column, getter, setter, rule);
    }

    /** A count of tokens, which {@link SpanTokens} merges together with the others. */
    private static RecordColumn<SpanFields, Long> tokens(
            Field<Long> column, Function<SpanFields, @Nullable Long> getter, BiConsumer<SpanFields, Long> setter) {
        return RecordColumn.ofGroup(column, getter, setter);
    }
}
