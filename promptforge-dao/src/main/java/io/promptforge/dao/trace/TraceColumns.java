package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.TRACES;

import io.promptforge.dao.json.Json;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/** The columns that records of a trace report; {@link TraceRepository} states the rules by which they are merged. */
final class TraceColumns {
    /** All columns but the keys. */
    static final List<RecordColumn<TraceFields, ?>> ALL = List.of(
            column(TRACES.NAME, f -> f.name, (f, v) -> f.name = v, MergeRules::greatest),
            column(TRACES.STATUS, f -> f.status, (f, v) -> f.status = v, MergeRules::gravest),
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
            document(TRACES.INPUT, f -> f.input, (f, v) -> f.input = v, MergeRules::longest),
            document(TRACES.OUTPUT, f -> f.output, (f, v) -> f.output = v, MergeRules::longest),
            document(TRACES.METADATA, f -> f.metadata, (f, v) -> f.metadata = v, MergeRules::union)
                    .emptyAs(Json.emptyObject()));

    private TraceColumns() {}

    /** Merges what two sets of records report of one trace, without its spans. */
    static MergedRecord<TraceFields> merge(MergedRecord<TraceFields> one, MergedRecord<TraceFields> other) {
        RecordMerge<TraceFields> merge = new RecordMerge<>(one, other);
        TraceFields merged = new TraceFields(one.fields().id, one.fields().projectId);
        ALL.forEach(column -> column.merge(merge, merged));
        return merge.result(merged);
    }

    private static <T> RecordColumn<TraceFields, T> column(
            Field<T> column,
            Function<TraceFields, @Nullable T> getter,
            BiConsumer<TraceFields, T> setter,
            BinaryOperator<T> rule) {
        return RecordColumn.of(column, getter, setter, rule);
    }

    private static RecordColumn<TraceFields, Json> document(
            Field<JSONB> column,
            Function<TraceFields, @Nullable Json> getter,
            BiConsumer<TraceFields, Json> setter,
            BinaryOperator<Json> rule) {
        return RecordColumn.ofDocument(column, getter, setter, rule);
    }
}
