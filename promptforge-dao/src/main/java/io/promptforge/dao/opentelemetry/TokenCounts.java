package io.promptforge.dao.opentelemetry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The token counts of a model call, as the convention defines them: parts are included in the whole. Parts that exceed the whole
 * were counted apart from it, as some providers do; then the whole is the sum, and the reported whole stays among the attributes.
 */
record TokenCounts(
        @Nullable Long input,
        @Nullable Long output,
        @Nullable Long cachedInput,
        @Nullable Long cacheCreationInput,
        @Nullable Long reasoningOutput) {

    static TokenCounts lift(Attributes attributes) {
        Long cached = attributes.lift(AttributeNames.CACHED_INPUT_TOKENS, AttributeParsers::tokens);
        Long creation = attributes.lift(AttributeNames.CACHE_CREATION_INPUT_TOKENS, AttributeParsers::tokens);
        Long reasoning = attributes.lift(AttributeNames.REASONING_OUTPUT_TOKENS, AttributeParsers::tokens);
        return new TokenCounts(
                whole(attributes, AttributeNames.INPUT_TOKENS, orZero(cached) + orZero(creation)),
                whole(attributes, AttributeNames.OUTPUT_TOKENS, orZero(reasoning)),
                cached,
                creation,
                reasoning);
    }

    boolean isEmpty() {
        return input == null && output == null;
    }

    private static @Nullable Long whole(Attributes attributes, List<String> names, long parts) {
        Long given = attributes.peek(names, AttributeParsers::tokens);
        if (given == null || parts <= given) {
            return attributes.lift(names, AttributeParsers::tokens);
        }
        long sum = given + parts;
        return sum <= AttributeParsers.MOST_TOKENS ? sum : null;
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }
}
