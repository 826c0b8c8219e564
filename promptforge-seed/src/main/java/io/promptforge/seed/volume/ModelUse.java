package io.promptforge.seed.volume;

import java.math.BigDecimal;

/**
 * The tokens of a call of a model.
 *
 * @param model its name
 * @param inputTokens tokens read
 * @param cachedTokens those of them from the cache
 * @param cacheCreationTokens those of them written to the cache
 * @param outputTokens tokens written; 0 for embeddings and failed calls
 * @param reasoningTokens those of them spent on reasoning
 * @param timeToFirstToken microseconds; 0 where no token came
 * @param temperature of the request
 */
record ModelUse(
        String model,
        long inputTokens,
        long cachedTokens,
        long cacheCreationTokens,
        long outputTokens,
        long reasoningTokens,
        long timeToFirstToken,
        double temperature) {
    static final String EMBEDDING_MODEL = "text-embedding-3-small";

    /** Microseconds that a token takes to write, at the median. */
    private static final double PACE = 11_000;

    static ModelUse chat(VolumeSpec spec, Dice dice) {
        String model = spec.models().get(dice.skewed(spec.models().size()));
        long input = dice.around(900, 1.0, 12, 120_000);
        long cached = dice.chance(0.35) ? (long) (input * dice.unit()) : 0;
        long created = dice.chance(0.1) ? (long) ((input - cached) * dice.unit()) : 0;
        long output = dice.around(220, 0.9, 1, 16_000);
        long reasoning = dice.chance(0.12) ? (long) (output * dice.unit()) : 0;
        long first = dice.around(420_000, 0.5, 50_000, 20_000_000);
        return new ModelUse(model, input, cached, created, output, reasoning, first, dice.below(11) / 10.0);
    }

    static ModelUse embedding(Dice dice) {
        return new ModelUse(EMBEDDING_MODEL, dice.around(14, 0.8, 1, 8_000), 0, 0, 0, 0, 0, 0);
    }

    /** This call without an answer; the provider charges the input. */
    ModelUse unanswered() {
        return new ModelUse(model, inputTokens, cachedTokens, cacheCreationTokens, 0, 0, 0, temperature);
    }

    /** What a gateway charges that has one price for all models: $1 and $4 for a million tokens read and written. */
    BigDecimal flatCost() {
        return BigDecimal.valueOf(inputTokens + 4 * outputTokens, 6);
    }

    /** The time from the request to the end of the answer, in microseconds. */
    long duration(Dice dice) {
        return timeToFirstToken + (long) (outputTokens * dice.around(PACE, 0.25));
    }

    boolean isEmbedding() {
        return model.equals(EMBEDDING_MODEL);
    }

    /** The value of {@code gen_ai.provider.name}. */
    String provider() {
        if (model.startsWith("claude")) {
            return "anthropic";
        }
        return model.startsWith("gemini") ? "gcp.gemini" : "openai";
    }
}
