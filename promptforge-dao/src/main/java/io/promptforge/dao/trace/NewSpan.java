package io.promptforge.dao.trace;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.model.ServiceTier;
import io.promptforge.dao.model.UsageUnit;
import io.promptforge.dao.trace.ingest.SpanFields;
import io.promptforge.dao.trace.ingest.TraceLimits;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A span to be recorded. Immutable and thread-safe; null for an optional field means that it is unknown. A value that is not
 * accepted is refused with an {@link InvalidValueException} by the method that sets it, or by the database.
 */
public final class NewSpan extends Input<NewSpan> {
    private static final Set<UsageUnit> WITH_METHODS = EnumSet.of(
            UsageUnit.INPUT_TOKENS,
            UsageUnit.OUTPUT_TOKENS,
            UsageUnit.CACHED_INPUT_TOKENS,
            UsageUnit.CACHE_WRITE_TOKENS,
            UsageUnit.REASONING_TOKENS);

    private final SpanFields fields;

    private NewSpan(SpanFields fields) {
        super(fields);
        this.fields = fields;
    }

    /**
     * A span.
     *
     * @param id unique in the trace: the OpenTelemetry span id in the lower half of a UUID, or any UUID
     * @param name what the step does, 1 to 200 characters
     * @param kind the kind of step
     * @param status {@code RUNNING} until it has ended
     * @param startedAt the start, with microsecond precision
     */
    public static NewSpan of(UUID id, String name, SpanKind kind, ExecutionStatus status, Instant startedAt) {
        SpanFields fields = new SpanFields(Check.present("id", id));
        fields.name = Check.text("name", name);
        fields.kind = Check.present("kind", kind);
        fields.status = Check.present("status", status);
        fields.startedAt = Check.instant("started_at", startedAt);
        return new NewSpan(fields);
    }

    /** Sets the end, with microsecond precision; not before the start, and only if the status is not {@code RUNNING}. */
    public NewSpan endedAt(@Nullable Instant moment) {
        return with(f -> {
            f.endedAt = Check.optionalInstant("ended_at", moment);
            TraceLimits.end(f.status, f.startedAt, f.endedAt);
        });
    }

    /** Sets the span that called it; without one it is a root. */
    public NewSpan parentId(@Nullable UUID span) {
        return with(f -> {
            f.parentId = span;
            refuseOwnParent(f);
        });
    }

    /** Sets whether the parent belongs to another process, whose spans may be recorded elsewhere. */
    public NewSpan parentRemote(@Nullable Boolean remote) {
        return with(f -> f.parentRemote = remote);
    }

    /**
     * Sets the revision of this record, 0 or more; 0 by default. A record of a greater revision replaces all that records of smaller
     * ones reported of the span, whichever comes first: a correction, or a redaction.
     */
    public NewSpan revision(int number) {
        return with(f -> f.revision = number);
    }

    /** Sets {@code gen_ai.operation.name}, at most 100 characters. */
    public NewSpan operationName(@Nullable String name) {
        return with(f -> f.operationName = Check.optionalText("operation_name", name));
    }

    /** Sets {@code gen_ai.provider.name}, at most 200 characters. */
    public NewSpan providerName(@Nullable String name) {
        return with(f -> f.providerName = Check.optionalText("provider_name", name));
    }

    /** Sets {@code gen_ai.request.model}, at most 200 characters. */
    public NewSpan requestModel(@Nullable String name) {
        return with(f -> f.requestModel = Check.optionalText("request_model", name));
    }

    /** Sets {@code gen_ai.response.model}, at most 200 characters. */
    public NewSpan responseModel(@Nullable String name) {
        return with(f -> f.responseModel = Check.optionalText("response_model", name));
    }

    /** Sets {@code gen_ai.response.id}, at most 200 characters. */
    public NewSpan responseId(@Nullable String id) {
        return with(f -> f.responseId = Check.optionalText("response_id", id));
    }

    /** Sets the registered model; without it the model is looked up by its name. */
    public NewSpan modelId(@Nullable UUID model) {
        return with(f -> f.modelId = model);
    }

    /** Sets {@code gen_ai.response.finish_reasons}, none of them blank. */
    public NewSpan finishReasons(@Nullable List<String> reasons) {
        return with(f -> f.finishReasons = reasons == null ? List.of() : Check.texts("finish_reasons", reasons));
    }

    /** Sets {@code gen_ai.request.temperature}, 0 to 100. */
    public NewSpan temperature(@Nullable Double number) {
        return with(f -> f.temperature = number);
    }

    /** Sets {@code gen_ai.request.max_tokens}, 0 or more. */
    public NewSpan maxTokens(@Nullable Integer number) {
        return with(f -> f.maxTokens = number);
    }

    /** Sets {@code gen_ai.response.time_to_first_chunk}, with microsecond precision, at most 100 years. */
    public NewSpan timeToFirstToken(@Nullable Duration time) {
        return with(f -> f.timeToFirstToken = TraceLimits.duration("time_to_first_token_us", time));
    }

    /** Sets the number of tokens read, cached ones included; 0 to 1,000,000,000,000, as are all numbers of tokens. */
    public NewSpan inputTokens(@Nullable Long number) {
        return with(f -> {
            f.inputTokens = TraceLimits.tokens("input_tokens", number);
            TraceLimits.inputParts(f);
        });
    }

    /** Sets the number of tokens written, reasoning included. */
    public NewSpan outputTokens(@Nullable Long number) {
        return with(f -> {
            f.outputTokens = TraceLimits.tokens("output_tokens", number);
            TraceLimits.outputParts(f);
        });
    }

    /** Sets the part of the input that was read from the provider's cache. */
    public NewSpan cachedInputTokens(@Nullable Long number) {
        return with(f -> {
            f.cachedInputTokens = TraceLimits.tokens("cached_input_tokens", number);
            TraceLimits.inputParts(f);
        });
    }

    /** Sets the part of the input that was written to the provider's cache. */
    public NewSpan cacheCreationInputTokens(@Nullable Long number) {
        return with(f -> {
            f.cacheCreationInputTokens = TraceLimits.tokens("cache_creation_input_tokens", number);
            TraceLimits.inputParts(f);
        });
    }

    /** Sets the part of the output that was spent on reasoning. */
    public NewSpan reasoningOutputTokens(@Nullable Long number) {
        return with(f -> {
            f.reasoningOutputTokens = TraceLimits.tokens("reasoning_output_tokens", number);
            TraceLimits.outputParts(f);
        });
    }

    /**
     * Sets a further count that is charged for, such as {@code usage(UsageUnit.SEARCHES, 2)}; 0 to 1,000,000,000,000. Counts of tokens
     * with a method of their own, such as {@link #inputTokens}, are set by that one.
     *
     * @throws InvalidValueException if the unit has a method of its own
     */
    public NewSpan usage(UsageUnit unit, long count) {
        Map<UsageUnit, BigDecimal> counts = new EnumMap<>(UsageUnit.class);
        counts.putAll(fields.usage);
        counts.put(Check.present("usage", unit), BigDecimal.valueOf(count));
        return usage(counts);
    }

    /**
     * Sets the further counts that are charged for, these and no others, with at most 9 decimals each: audio, image and video tokens,
     * cache writes for an hour, searches, seconds and more.
     *
     * @throws InvalidValueException if a unit has a method of its own, such as {@link #inputTokens}
     */
    public NewSpan usage(@Nullable Map<UsageUnit, BigDecimal> counts) {
        Map<UsageUnit, BigDecimal> checked = new EnumMap<>(UsageUnit.class);
        for (Map.Entry<UsageUnit, BigDecimal> entry :
                counts == null ? Map.<UsageUnit, BigDecimal>of().entrySet() : counts.entrySet()) {
            UsageUnit unit = Check.present("usage", entry.getKey());
            if (WITH_METHODS.contains(unit)) {
                throw new InvalidValueException(
                        "usage",
                        "The count of " + unit.code() + " is a field of its own.",
                        "Set it by the method of that field.",
                        null);
            }
            checked.put(unit, TraceLimits.count("usage", entry.getValue()));
        }
        return with(f -> f.usage = Collections.unmodifiableMap(checked));
    }

    /**
     * Sets the service tier of the request as the provider or the request calls it, at most 100 characters; {@link ServiceTier#of} says
     * which words have prices of their own.
     */
    public NewSpan serviceTier(@Nullable String tier) {
        return with(f -> f.serviceTier = Check.optionalText("service_tier", tier));
    }

    /**
     * Sets the cost in US dollars, 0 or more and less than 1,000,000,000,000, rounded half up to 30 decimals; without it the cost is
     * calculated by the model's prices.
     */
    public NewSpan cost(@Nullable BigDecimal dollars) {
        return with(f -> f.cost = TraceLimits.dollars("cost", dollars));
    }

    /** Sets the class of the error, at most 200 characters. */
    public NewSpan errorType(@Nullable String type) {
        return with(f -> f.errorType = Check.optionalText("error_type", type));
    }

    /** Sets the error in words, at most 10,000 characters. */
    public NewSpan errorMessage(@Nullable String message) {
        return with(f -> f.errorMessage = Check.optionalText("error_message", message));
    }

    /** Sets the input, at most 16 MiB. */
    public NewSpan input(@Nullable Json document) {
        return with(f -> f.input = document);
    }

    /** Sets the output, at most 16 MiB. */
    public NewSpan output(@Nullable Json document) {
        return with(f -> f.output = document);
    }

    /** Sets all other attributes, a JSON object of at most 4 MiB. */
    public NewSpan attributes(@Nullable Json object) {
        return with(f -> f.attributes = object == null ? Json.emptyObject() : object);
    }

    /** Sets the events, a JSON array of at most 4 MiB. */
    public NewSpan events(@Nullable Json array) {
        return with(f -> f.events = array == null ? Json.emptyArray() : array);
    }

    /** The id, unique in the trace. */
    public UUID id() {
        return fields.id;
    }

    /** What the step does. */
    public String name() {
        return fields.name;
    }

    /** The kind of step. */
    public SpanKind kind() {
        return fields.kind;
    }

    /** The status. */
    public ExecutionStatus status() {
        return fields.status;
    }

    /** The start. */
    public Instant startedAt() {
        return fields.startedAt;
    }

    /** The end; null while it runs or if it is unknown. */
    public @Nullable Instant endedAt() {
        return fields.endedAt;
    }

    /** The span that called it; null for a root. */
    public @Nullable UUID parentId() {
        return fields.parentId;
    }

    /** Whether the parent belongs to another process; null if unknown. */
    public @Nullable Boolean parentRemote() {
        return fields.parentRemote;
    }

    /** The revision of this record. */
    public int revision() {
        return fields.revision;
    }

    /** The operation. */
    public @Nullable String operationName() {
        return fields.operationName;
    }

    /** The provider as reported. */
    public @Nullable String providerName() {
        return fields.providerName;
    }

    /** The requested model. */
    public @Nullable String requestModel() {
        return fields.requestModel;
    }

    /** The model that responded. */
    public @Nullable String responseModel() {
        return fields.responseModel;
    }

    /** The id of the response. */
    public @Nullable String responseId() {
        return fields.responseId;
    }

    /** The registered model. */
    public @Nullable UUID modelId() {
        return fields.modelId;
    }

    /** The finish reasons; empty for none. */
    public List<String> finishReasons() {
        return fields.finishReasons;
    }

    /** The temperature. */
    public @Nullable Double temperature() {
        return fields.temperature;
    }

    /** The greatest number of tokens to write. */
    public @Nullable Integer maxTokens() {
        return fields.maxTokens;
    }

    /** The time to the first token. */
    public @Nullable Duration timeToFirstToken() {
        return fields.timeToFirstToken;
    }

    /** The tokens read. */
    public @Nullable Long inputTokens() {
        return fields.inputTokens;
    }

    /** The tokens written. */
    public @Nullable Long outputTokens() {
        return fields.outputTokens;
    }

    /** The part of the input that was read from the provider's cache. */
    public @Nullable Long cachedInputTokens() {
        return fields.cachedInputTokens;
    }

    /** The part of the input that was written to the provider's cache. */
    public @Nullable Long cacheCreationInputTokens() {
        return fields.cacheCreationInputTokens;
    }

    /** The part of the output that was spent on reasoning. */
    public @Nullable Long reasoningOutputTokens() {
        return fields.reasoningOutputTokens;
    }

    /** The further counts by unit. */
    public Map<UsageUnit, BigDecimal> usage() {
        return fields.usage;
    }

    /** The service tier as reported. */
    public @Nullable String serviceTier() {
        return fields.serviceTier;
    }

    /** The cost in US dollars. */
    public @Nullable BigDecimal cost() {
        return fields.cost;
    }

    /** The class of the error. */
    public @Nullable String errorType() {
        return fields.errorType;
    }

    /** The error in words. */
    public @Nullable String errorMessage() {
        return fields.errorMessage;
    }

    /** The input. */
    public @Nullable Json input() {
        return fields.input;
    }

    /** The output. */
    public @Nullable Json output() {
        return fields.output;
    }

    /** All other attributes, a JSON object. */
    public Json attributes() {
        return fields.attributes;
    }

    /** The events, a JSON array. */
    public Json events() {
        return fields.events;
    }

    SpanFields fields() {
        return fields;
    }

    private NewSpan with(Consumer<SpanFields> change) {
        SpanFields changed = fields.clone();
        change.accept(changed);
        return new NewSpan(changed);
    }

    private static void refuseOwnParent(SpanFields span) {
        if (span.id.equals(span.parentId)) {
            throw new InvalidValueException(
                    "parent_id", "A span cannot be its own parent.", "Give the caller, or null for a root.", null);
        }
    }

    /** The id, without the other values. */
    @Override
    public String toString() {
        return "NewSpan[" + fields.id + "]";
    }
}
