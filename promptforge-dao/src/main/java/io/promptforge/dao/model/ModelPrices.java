package io.promptforge.dao.model;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a model costs, in US dollars per million tokens; not negative, less than a million, at most 12 decimals.
 *
 * @param input for tokens read
 * @param output for tokens written
 * @param cachedInput for tokens read from the provider's cache; empty means the price of input
 */
public record ModelPrices(Optional<BigDecimal> input, Optional<BigDecimal> output, Optional<BigDecimal> cachedInput) {
    /** Prices that nobody knows. */
    public static ModelPrices unknown() {
        return new ModelPrices(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Prices of input and output, such as {@code perMillion("10", "30")}. */
    public static ModelPrices perMillion(String input, String output) {
        return new ModelPrices(
                Optional.of(new BigDecimal(input)), Optional.of(new BigDecimal(output)), Optional.empty());
    }
}
