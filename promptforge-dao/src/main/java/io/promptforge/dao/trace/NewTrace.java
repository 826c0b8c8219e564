package io.promptforge.dao.trace;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ExecutionStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A trace to be stored. What may be null is not known.
 *
 * @param id its id: the OpenTelemetry trace id as a UUID, or any UUID
 * @param projectId the project it belongs to
 * @param name what was asked of the application, 1 to 200 characters; null where only spans of it are known as yet
 * @param status how it went; {@code RUNNING} where the name is null
 * @param startedAt when it began, in microseconds; null where the name is
 * @param endedAt when it ended; null while it runs
 * @param parentTraceId the trace that caused this one
 * @param externalId the caller's own id of the request, at most 200 characters
 * @param environment where it ran, at most 100 characters
 * @param sessionId the conversation, at most 200 characters
 * @param endUserId the application's own user, at most 200 characters
 * @param promptVersionId the prompt version that was served
 * @param modelId the model, where it is one the organization has registered
 * @param providerName the provider as reported, at most 200 characters
 * @param modelName the model as reported, at most 200 characters
 * @param retryCount how often the request was tried again, 0 or more
 * @param errorType the class of the error, at most 200 characters
 * @param errorMessage the error in words, at most 10,000 characters
 * @param input what came in, at most 16 MiB
 * @param output what went out, at most 16 MiB
 * @param metadata a JSON object of everything else, at most 256 KiB
 * @param spans its spans, in any order
 */
public record NewTrace(
        UUID id,
        UUID projectId,
        @Nullable String name,
        ExecutionStatus status,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable UUID parentTraceId,
        @Nullable String externalId,
        @Nullable String environment,
        @Nullable String sessionId,
        @Nullable String endUserId,
        @Nullable UUID promptVersionId,
        @Nullable UUID modelId,
        @Nullable String providerName,
        @Nullable String modelName,
        int retryCount,
        @Nullable String errorType,
        @Nullable String errorMessage,
        @Nullable Json input,
        @Nullable Json output,
        Json metadata,
        List<NewSpan> spans) {
    /** Checks what the database would not name. */
    public NewTrace {
        Check.present("id", id);
        Check.present("project_id", projectId);
        Check.present("status", status);
        if (name == null && startedAt == null) {
            refuseEnded(status);
        } else {
            Check.text("name", name);
            startedAt = Check.instant("started_at", startedAt);
        }
        endedAt = Check.optionalInstant("ended_at", endedAt);
        Limits.end(status, startedAt, endedAt);
        Check.optionalText("external_id", externalId);
        Check.optionalText("environment", environment);
        Check.optionalText("session_id", sessionId);
        Check.optionalText("end_user_id", endUserId);
        Check.optionalText("provider_name", providerName);
        Check.optionalText("model_name", modelName);
        Check.optionalText("error_type", errorType);
        Check.optionalText("error_message", errorMessage);
        Check.optionalDocument("input", input);
        Check.optionalDocument("output", output);
        Check.document("metadata", metadata);
        spans = Elements.present("spans", spans);
    }

    private static void refuseEnded(ExecutionStatus status) {
        if (status != ExecutionStatus.RUNNING) {
            throw new InvalidValueException("status", "A trace without a name and a start has not ended.", null);
        }
    }

    /**
     * A builder of a trace of which no more is known than spans, and perhaps what they have in common: its own record
     * comes later. Until then it runs since the first of its spans, under the name {@code (unknown)}.
     */
    public static Builder builder(UUID id, UUID projectId) {
        return new Builder(id, projectId, null, ExecutionStatus.RUNNING, null);
    }

    /** A builder of a trace. */
    public static Builder builder(UUID id, UUID projectId, String name, ExecutionStatus status, Instant startedAt) {
        return new Builder(id, projectId, name, status, startedAt);
    }

    /** Collects what is known of a trace. For one thread. */
    public static final class Builder {
        private final UUID id;
        private final UUID projectId;
        private final @Nullable String name;
        private final ExecutionStatus status;
        private final @Nullable Instant startedAt;
        private @Nullable Instant endedAt;
        private @Nullable UUID parentTraceId;
        private @Nullable String externalId;
        private @Nullable String environment;
        private @Nullable String sessionId;
        private @Nullable String endUserId;
        private @Nullable UUID promptVersionId;
        private @Nullable UUID modelId;
        private @Nullable String providerName;
        private @Nullable String modelName;
        private int retryCount = 0;
        private @Nullable String errorType;
        private @Nullable String errorMessage;
        private @Nullable Json input;
        private @Nullable Json output;
        private Json metadata = Json.emptyObject();
        private List<NewSpan> spans = List.of();

        private Builder(
                UUID id, UUID projectId, @Nullable String name, ExecutionStatus status, @Nullable Instant startedAt) {
            this.id = id;
            this.projectId = projectId;
            this.name = name;
            this.status = status;
            this.startedAt = startedAt;
        }

        /** When it ended. */
        public Builder endedAt(Instant value) {
            endedAt = value;
            return this;
        }

        /** The trace that caused this one. */
        public Builder parentTraceId(UUID value) {
            parentTraceId = value;
            return this;
        }

        /** The caller's own id of the request, at most 200 characters. */
        public Builder externalId(String value) {
            externalId = value;
            return this;
        }

        /** Where it ran, at most 100 characters. */
        public Builder environment(String value) {
            environment = value;
            return this;
        }

        /** The conversation, at most 200 characters. */
        public Builder sessionId(String value) {
            sessionId = value;
            return this;
        }

        /** The application's own user, at most 200 characters. */
        public Builder endUserId(String value) {
            endUserId = value;
            return this;
        }

        /** The prompt version that was served. */
        public Builder promptVersionId(UUID value) {
            promptVersionId = value;
            return this;
        }

        /** The model, where it is one the organization has registered. */
        public Builder modelId(UUID value) {
            modelId = value;
            return this;
        }

        /** The provider as reported, at most 200 characters. */
        public Builder providerName(String value) {
            providerName = value;
            return this;
        }

        /** The model as reported, at most 200 characters. */
        public Builder modelName(String value) {
            modelName = value;
            return this;
        }

        /** How often the request was tried again, 0 or more. */
        public Builder retryCount(int value) {
            retryCount = value;
            return this;
        }

        /** The class of the error, at most 200 characters. */
        public Builder errorType(String value) {
            errorType = value;
            return this;
        }

        /** The error in words, at most 10,000 characters. */
        public Builder errorMessage(String value) {
            errorMessage = value;
            return this;
        }

        /** What came in, at most 16 MiB. */
        public Builder input(Json value) {
            input = value;
            return this;
        }

        /** What went out, at most 16 MiB. */
        public Builder output(Json value) {
            output = value;
            return this;
        }

        /** A JSON object of everything else, at most 256 KiB. */
        public Builder metadata(Json value) {
            metadata = value;
            return this;
        }

        /** Its spans, in any order. */
        public Builder spans(List<NewSpan> value) {
            spans = value;
            return this;
        }

        /** The trace. */
        public NewTrace build() {
            return new NewTrace(
                    id,
                    projectId,
                    name,
                    status,
                    startedAt,
                    endedAt,
                    parentTraceId,
                    externalId,
                    environment,
                    sessionId,
                    endUserId,
                    promptVersionId,
                    modelId,
                    providerName,
                    modelName,
                    retryCount,
                    errorType,
                    errorMessage,
                    input,
                    output,
                    metadata,
                    spans);
        }
    }
}
