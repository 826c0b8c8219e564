package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.model.UsageUnit;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counts of a span, which are merged together: two are parts of the input, one is a part of the output. A null count is unknown.
 *
 * @param others further counts by unit
 */
record SpanTokens(
        @Nullable Long input,
        @Nullable Long output,
        @Nullable Long cachedInput,
        @Nullable Long cacheCreationInput,
        @Nullable Long reasoningOutput,
        Map<UsageUnit, BigDecimal> others) {
    static final SpanTokens NONE = new SpanTokens(null, null, null, null, null, Map.of());

    /** The counts of a span; null if all are unknown. */
    static @Nullable SpanTokens of(SpanFields span) {
        SpanTokens counts = new SpanTokens(
                span.inputTokens,
                span.outputTokens,
                span.cachedInputTokens,
                span.cacheCreationInputTokens,
                span.reasoningOutputTokens,
                span.usage);
        return counts.equals(NONE) ? null : counts;
    }

    /** Sets the counts of a span. */
    void set(SpanFields span) {
        span.inputTokens = input;
        span.outputTokens = output;
        span.cachedInputTokens = cachedInput;
        span.cacheCreationInputTokens = cacheCreationInput;
        span.reasoningOutputTokens = reasoningOutput;
        span.usage = others;
    }

    /** The greater of each count; a whole is at least its parts, even if they come from different records. */
    static SpanTokens greatest(SpanTokens one, SpanTokens other) {
        Long input = greater(one.input, other.input);
        Long output = greater(one.output, other.output);
        Long cachedInput = greater(one.cachedInput, other.cachedInput);
        Long cacheCreationInput = greater(one.cacheCreationInput, other.cacheCreationInput);
        Long reasoningOutput = greater(one.reasoningOutput, other.reasoningOutput);
        return new SpanTokens(
                input == null ? null : greater(input, greater(cachedInput, cacheCreationInput)),
                output == null ? null : greater(output, reasoningOutput),
                cachedInput,
                cacheCreationInput,
                reasoningOutput,
                SpanUsage.greatest(one.others, other.others));
    }

    private static @Nullable Long greater(@Nullable Long one, @Nullable Long other) {
        return MergeRules.orNull(one, other, MergeRules::greatest);
    }
}
