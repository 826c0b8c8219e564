package io.promptforge.dao.trace;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
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
 * A span to be stored. What may be null is not known.
 *
 * @param id its id, unique in the trace: the OpenTelemetry span id in the lower half of a UUID, or any UUID
 * @param name what the step does, 1 to 200 characters
 * @param kind what sort of step it is
 * @param status how it went
 * @param startedAt when it began, in microseconds
 * @param endedAt when it ended; null while it runs
 * @param parentId the span that called it; null for a root
 * @param operationName {@code gen_ai.operation.name}, at most 100 characters
 * @param providerName {@code gen_ai.provider.name}, at most 200 characters
 * @param requestModel {@code gen_ai.request.model}, at most 200 characters
 * @param responseModel {@code gen_ai.response.model}, at most 200 characters
 * @param responseId {@code gen_ai.response.id}, at most 200 characters
 * @param modelId the model, where it is one the organization has registered; null to have it found by its name
 * @param finishReasons {@code gen_ai.response.finish_reasons}, none of them blank
 * @param temperature {@code gen_ai.request.temperature}
 * @param maxTokens {@code gen_ai.request.max_tokens}
 * @param timeToFirstToken {@code gen_ai.response.time_to_first_chunk}, in microseconds, at most 100 years
 * @param inputTokens tokens read, cached ones included; 0 to 1,000,000,000,000, as are all numbers of tokens
 * @param outputTokens tokens written, reasoning included
 * @param cachedInputTokens the part of the input that was read from the provider's cache
 * @param cacheCreationInputTokens the part of the input that was written to the provider's cache
 * @param reasoningOutputTokens the part of the output that was spent on reasoning
 * @param cost US dollars, with 12 decimals, less than 1,000,000; null to have it computed from the model's prices
 * @param errorType the class of the error, at most 200 characters
 * @param errorMessage the error in words, at most 10,000 characters
 * @param input what went in, at most 16 MiB
 * @param output what came out, at most 16 MiB
 * @param attributes a JSON object of all other attributes, at most 4 MiB
 * @param events a JSON array of events, at most 4 MiB
 */
public record NewSpan(
        UUID id,
        String name,
        SpanKind kind,
        ExecutionStatus status,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable UUID parentId,
        @Nullable String operationName,
        @Nullable String providerName,
        @Nullable String requestModel,
        @Nullable String responseModel,
        @Nullable String responseId,
        @Nullable UUID modelId,
        List<String> finishReasons,
        @Nullable Double temperature,
        @Nullable Integer maxTokens,
        @Nullable Duration timeToFirstToken,
        @Nullable Long inputTokens,
        @Nullable Long outputTokens,
        @Nullable Long cachedInputTokens,
        @Nullable Long cacheCreationInputTokens,
        @Nullable Long reasoningOutputTokens,
        @Nullable BigDecimal cost,
        @Nullable String errorType,
        @Nullable String errorMessage,
        @Nullable Json input,
        @Nullable Json output,
        Json attributes,
        Json events) {
    /** Checks what the database would not name. */
    public NewSpan {
        Check.present("id", id);
        Check.text("name", name);
        Check.present("kind", kind);
        Check.present("status", status);
        startedAt = Check.instant("started_at", startedAt);
        endedAt = Check.optionalInstant("ended_at", endedAt);
        Limits.end(status, startedAt, endedAt);
        if (id.equals(parentId)) {
            throw new InvalidValueException("parent_id", "A span cannot be its own parent.", null);
        }
        Check.optionalText("operation_name", operationName);
        Check.optionalText("provider_name", providerName);
        Check.optionalText("request_model", requestModel);
        Check.optionalText("response_model", responseModel);
        Check.optionalText("response_id", responseId);
        finishReasons = Check.texts("finish_reasons", finishReasons);
        timeToFirstToken = Limits.duration("time_to_first_token_us", timeToFirstToken);
        Limits.tokens("input_tokens", inputTokens);
        Limits.tokens("output_tokens", outputTokens);
        Limits.tokens("cached_input_tokens", cachedInputTokens);
        Limits.tokens("cache_creation_input_tokens", cacheCreationInputTokens);
        Limits.tokens("reasoning_output_tokens", reasoningOutputTokens);
        Limits.part("cached_input_tokens", cachedInputTokens, inputTokens);
        Limits.part("cache_creation_input_tokens", cacheCreationInputTokens, inputTokens);
        Limits.part("reasoning_output_tokens", reasoningOutputTokens, outputTokens);
        cost = Limits.dollars("cost", cost);
        Check.optionalText("error_type", errorType);
        Check.optionalText("error_message", errorMessage);
        Check.optionalDocument("input", input);
        Check.optionalDocument("output", output);
        Check.document("attributes", attributes);
        Check.document("events", events);
    }

    /** A builder of a span. */
    public static Builder builder(UUID id, String name, SpanKind kind, ExecutionStatus status, Instant startedAt) {
        return new Builder(id, name, kind, status, startedAt);
    }

    /** Collects what is known of a span. For one thread. */
    public static final class Builder {
        private final UUID id;
        private final String name;
        private final SpanKind kind;
        private final ExecutionStatus status;
        private final Instant startedAt;
        private @Nullable Instant endedAt;
        private @Nullable UUID parentId;
        private @Nullable String operationName;
        private @Nullable String providerName;
        private @Nullable String requestModel;
        private @Nullable String responseModel;
        private @Nullable String responseId;
        private @Nullable UUID modelId;
        private List<String> finishReasons = List.of();
        private @Nullable Double temperature;
        private @Nullable Integer maxTokens;
        private @Nullable Duration timeToFirstToken;
        private @Nullable Long inputTokens;
        private @Nullable Long outputTokens;
        private @Nullable Long cachedInputTokens;
        private @Nullable Long cacheCreationInputTokens;
        private @Nullable Long reasoningOutputTokens;
        private @Nullable BigDecimal cost;
        private @Nullable String errorType;
        private @Nullable String errorMessage;
        private @Nullable Json input;
        private @Nullable Json output;
        private Json attributes = Json.emptyObject();
        private Json events = Json.emptyArray();

        private Builder(UUID id, String name, SpanKind kind, ExecutionStatus status, Instant startedAt) {
            this.id = id;
            this.name = name;
            this.kind = kind;
            this.status = status;
            this.startedAt = startedAt;
        }

        /** When it ended. */
        public Builder endedAt(Instant value) {
            endedAt = value;
            return this;
        }

        /** The span that called it. */
        public Builder parentId(UUID value) {
            parentId = value;
            return this;
        }

        /** {@code gen_ai.operation.name}, at most 100 characters. */
        public Builder operationName(String value) {
            operationName = value;
            return this;
        }

        /** {@code gen_ai.provider.name}, at most 200 characters. */
        public Builder providerName(String value) {
            providerName = value;
            return this;
        }

        /** {@code gen_ai.request.model}, at most 200 characters. */
        public Builder requestModel(String value) {
            requestModel = value;
            return this;
        }

        /** {@code gen_ai.response.model}, at most 200 characters. */
        public Builder responseModel(String value) {
            responseModel = value;
            return this;
        }

        /** {@code gen_ai.response.id}, at most 200 characters. */
        public Builder responseId(String value) {
            responseId = value;
            return this;
        }

        /** The model, where it is one the organization has registered. */
        public Builder modelId(UUID value) {
            modelId = value;
            return this;
        }

        /** {@code gen_ai.response.finish_reasons}. */
        public Builder finishReasons(List<String> value) {
            finishReasons = value;
            return this;
        }

        /** {@code gen_ai.request.temperature}. */
        public Builder temperature(Double value) {
            temperature = value;
            return this;
        }

        /** {@code gen_ai.request.max_tokens}. */
        public Builder maxTokens(Integer value) {
            maxTokens = value;
            return this;
        }

        /** {@code gen_ai.response.time_to_first_chunk}, in microseconds. */
        public Builder timeToFirstToken(Duration value) {
            timeToFirstToken = value;
            return this;
        }

        /** Tokens read, cached ones included. */
        public Builder inputTokens(Long value) {
            inputTokens = value;
            return this;
        }

        /** Tokens written, reasoning included. */
        public Builder outputTokens(Long value) {
            outputTokens = value;
            return this;
        }

        /** The part of the input that was read from the provider's cache. */
        public Builder cachedInputTokens(Long value) {
            cachedInputTokens = value;
            return this;
        }

        /** The part of the input that was written to the provider's cache. */
        public Builder cacheCreationInputTokens(Long value) {
            cacheCreationInputTokens = value;
            return this;
        }

        /** The part of the output that was spent on reasoning. */
        public Builder reasoningOutputTokens(Long value) {
            reasoningOutputTokens = value;
            return this;
        }

        /** US dollars, with 12 decimals. */
        public Builder cost(BigDecimal value) {
            cost = value;
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

        /** What went in, at most 16 MiB. */
        public Builder input(Json value) {
            input = value;
            return this;
        }

        /** What came out, at most 16 MiB. */
        public Builder output(Json value) {
            output = value;
            return this;
        }

        /** A JSON object of all other attributes, at most 4 MiB. */
        public Builder attributes(Json value) {
            attributes = value;
            return this;
        }

        /** A JSON array of events, at most 4 MiB. */
        public Builder events(Json value) {
            events = value;
            return this;
        }

        /** The span. */
        public NewSpan build() {
            return new NewSpan(
                    id,
                    name,
                    kind,
                    status,
                    startedAt,
                    endedAt,
                    parentId,
                    operationName,
                    providerName,
                    requestModel,
                    responseModel,
                    responseId,
                    modelId,
                    finishReasons,
                    temperature,
                    maxTokens,
                    timeToFirstToken,
                    inputTokens,
                    outputTokens,
                    cachedInputTokens,
                    cacheCreationInputTokens,
                    reasoningOutputTokens,
                    cost,
                    errorType,
                    errorMessage,
                    input,
                    output,
                    attributes,
                    events);
        }
    }
}
