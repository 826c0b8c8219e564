package io.promptforge.dao.opentelemetry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a model call, as the convention counts them: the parts are parts of the whole. Parts that are more than the
 * whole were counted apart from it, as some providers do; then the whole is the sum, and what was sent as the whole stays
 * among the attributes.
 */
record TokenCounts(
        @Nullable Long input,
        @Nullable Long output,
        @Nullable Long cachedInput,
        @Nullable Long cacheCreationInput,
        @Nullable Long reasoningOutput) {

    static TokenCounts lift(Attributes attributes) {
        Long cached = attributes.lift(Names.CACHED_INPUT_TOKENS, Readings::tokens);
        Long creation = attributes.lift(Names.CACHE_CREATION_INPUT_TOKENS, Readings::tokens);
        Long reasoning = attributes.lift(Names.REASONING_OUTPUT_TOKENS, Readings::tokens);
        return new TokenCounts(
                whole(attributes, Names.INPUT_TOKENS, orZero(cached) + orZero(creation)),
                whole(attributes, Names.OUTPUT_TOKENS, orZero(reasoning)),
                cached,
                creation,
                reasoning);
    }

    boolean isEmpty() {
        return input == null && output == null;
    }

    private static @Nullable Long whole(Attributes attributes, List<String> names, long parts) {
        Long given = attributes.peek(names, Readings::tokens);
        if (given == null || parts <= given) {
            return attributes.lift(names, Readings::tokens);
        }
        long sum = given + parts;
        return sum <= Readings.MOST_TOKENS ? sum : null;
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }
}
