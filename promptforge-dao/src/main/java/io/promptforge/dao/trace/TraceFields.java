package io.promptforge.dao.trace;

import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ExecutionStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a trace as its records report them, without its spans; null where they report nothing. Its fields
 * are set only by the code that creates or clones it, before it is passed on. {@link TraceColumns} has the column of
 * each field.
 */
final class TraceFields implements Cloneable {
    final UUID id;
    final UUID projectId;

    @Nullable String name;

    ExecutionStatus status = ExecutionStatus.RUNNING;

    @Nullable Instant startedAt;

    @Nullable Instant endedAt;

    @Nullable UUID parentTraceId;

    @Nullable String externalId;

    @Nullable String environment;

    @Nullable String sessionId;

    @Nullable String endUserId;

    @Nullable UUID promptVersionId;

    @Nullable UUID modelId;

    @Nullable String providerName;

    @Nullable String modelName;

    int retryCount;

    @Nullable String errorType;

    @Nullable String errorMessage;

    @Nullable Json input;

    @Nullable Json output;

    Json metadata = Json.emptyObject();

    TraceFields(UUID id, UUID projectId) {
        this.id = id;
        this.projectId = projectId;
    }

    /** Whether only spans of the trace have been recorded, so that name and start are null. */
    boolean onlySpansKnown() {
        return startedAt == null;
    }

    boolean hasEnded() {
        return status != ExecutionStatus.RUNNING;
    }

    @Override
    public TraceFields clone() {
        try {
            return (TraceFields) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TraceFields same
                && id.equals(same.id)
                && projectId.equals(same.projectId)
                && RecordColumn.areEqual(TraceColumns.ALL, this, same);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
