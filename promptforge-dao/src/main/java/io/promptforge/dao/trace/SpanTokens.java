package io.promptforge.dao.trace;

import org.jspecify.annotations.Nullable;

/** The token counts of a span, which belong together: two are parts of the input, one is a part of the output. */
record SpanTokens(
        @Nullable Long input,
        @Nullable Long output,
        @Nullable Long cachedInput,
        @Nullable Long cacheCreationInput,
        @Nullable Long reasoningOutput) {

    /** Null where the span counts none. */
    static @Nullable SpanTokens of(NewSpan span) {
        SpanTokens counts = new SpanTokens(
                span.inputTokens(),
                span.outputTokens(),
                span.cachedInputTokens(),
                span.cacheCreationInputTokens(),
                span.reasoningOutputTokens());
        return counts.equals(NONE) ? null : counts;
    }

    static final SpanTokens NONE = new SpanTokens(null, null, null, null, null);

    /** Of each count the greater; a whole is no less than its parts, though another record told them. */
    static SpanTokens most(SpanTokens one, SpanTokens other) {
        Long input = most(one.input, other.input);
        Long output = most(one.output, other.output);
        Long cachedInput = most(one.cachedInput, other.cachedInput);
        Long cacheCreationInput = most(one.cacheCreationInput, other.cacheCreationInput);
        Long reasoningOutput = most(one.reasoningOutput, other.reasoningOutput);
        return new SpanTokens(
                input == null ? null : most(input, most(cachedInput, cacheCreationInput)),
                output == null ? null : most(output, reasoningOutput),
                cachedInput,
                cacheCreationInput,
                reasoningOutput);
    }

    private static @Nullable Long most(@Nullable Long one, @Nullable Long other) {
        return Precedence.orNull(one, other, Precedence::greatest);
    }
}
