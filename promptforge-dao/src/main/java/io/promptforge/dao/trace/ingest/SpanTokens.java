package io.promptforge.dao.trace.ingest;

import org.jspecify.annotations.Nullable;

/**
 * The token counts of a span, which are merged together: two are parts of the input, one is a part of the output. A null count is
 * unknown.
 */
record SpanTokens(
        @Nullable Long input,
        @Nullable Long output,
        @Nullable Long cachedInput,
        @Nullable Long cacheCreationInput,
        @Nullable Long reasoningOutput) {
    static final SpanTokens NONE = new SpanTokens(null, null, null, null, null);

    /** The counts of a span; null if all are unknown. */
    static @Nullable SpanTokens of(SpanFields span) {
        SpanTokens counts = new SpanTokens(
                span.inputTokens,
                span.outputTokens,
                span.cachedInputTokens,
                span.cacheCreationInputTokens,
                span.reasoningOutputTokens);
        return counts.equals(NONE) ? null : counts;
    }

    /** Sets the counts of a span. */
    void set(SpanFields span) {
        span.inputTokens = input;
        span.outputTokens = output;
        span.cachedInputTokens = cachedInput;
        span.cacheCreationInputTokens = cacheCreationInput;
        span.reasoningOutputTokens = reasoningOutput;
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
                reasoningOutput);
    }

    private static @Nullable Long greater(@Nullable Long one, @Nullable Long other) {
        return MergeRules.orNull(one, other, MergeRules::greatest);
    }
}
