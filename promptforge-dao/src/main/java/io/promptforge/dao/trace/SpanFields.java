package io.promptforge.dao.trace;

import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a span as its records report them; null where they report nothing. Its fields are set
 * only by the code that creates or clones it, before it is passed on. {@link SpanColumns} has the column of each field.
 */
final class SpanFields implements Cloneable {
    final UUID id;
    String name;
    SpanKind kind;
    ExecutionStatus status;
    Instant startedAt;

    @Nullable Instant endedAt;

    @Nullable UUID parentId;

    @Nullable String operationName;

    @Nullable String providerName;

    @Nullable String requestModel;

    @Nullable String responseModel;

    @Nullable String responseId;

    @Nullable UUID modelId;

    List<String> finishReasons = List.of();

    @Nullable Double temperature;

    @Nullable Integer maxTokens;

    @Nullable Duration timeToFirstToken;

    @Nullable Long inputTokens;

    @Nullable Long outputTokens;

    @Nullable Long cachedInputTokens;

    @Nullable Long cacheCreationInputTokens;

    @Nullable Long reasoningOutputTokens;

    @Nullable BigDecimal cost;

    @Nullable String errorType;

    @Nullable String errorMessage;

    @Nullable Json input;

    @Nullable Json output;

    Json attributes = Json.emptyObject();
    Json events = Json.emptyArray();

    /** The caller sets name, kind, status and start next. */
    @SuppressWarnings("NullAway.Init")
    SpanFields(UUID id) {
        this.id = id;
    }

    boolean hasEnded() {
        return status != ExecutionStatus.RUNNING;
    }

    @Override
    public SpanFields clone() {
        try {
            return (SpanFields) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SpanFields same
                && id.equals(same.id)
                && RecordColumn.areEqual(SpanColumns.ALL, this, same);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
