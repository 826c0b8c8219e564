package io.promptforge.dao.model;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Columns;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What a model costs, in US dollars per million tokens; not negative, less than a million, at most 12 decimals.
 *
 * @param input for tokens read
 * @param output for tokens written
 * @param cachedInput for tokens read from the provider's cache; empty means the price of input
 */
public record ModelPrices(Optional<BigDecimal> input, Optional<BigDecimal> output, Optional<BigDecimal> cachedInput) {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final int DECIMALS = 12;

    /**
     * Checks the prices: the database would round a price of more decimals without a word.
     *
     * @throws InvalidValueException if a price is not accepted; the field is named as its column, such as
     *     {@code input_price_per_million}
     */
    public ModelPrices {
        checked("input_price_per_million", input);
        checked("output_price_per_million", output);
        checked("cached_input_price_per_million", cachedInput);
    }

    /** Prices that nobody knows. */
    public static ModelPrices unknown() {
        return new ModelPrices(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Prices of input and output, such as {@code perMillion("10", "30")}.
     *
     * @throws InvalidValueException if one is not a number or not accepted
     */
    public static ModelPrices perMillion(String input, String output) {
        return new ModelPrices(
                Optional.of(number("input_price_per_million", input)),
                Optional.of(number("output_price_per_million", output)),
                Optional.empty());
    }

    /**
     * The same with a price of tokens from the provider's cache, such as {@code withCachedInput("2.5")}.
     *
     * @throws InvalidValueException if it is not a number or not accepted
     */
    public ModelPrices withCachedInput(String perMillion) {
        return new ModelPrices(input, output, Optional.of(number("cached_input_price_per_million", perMillion)));
    }

    /**
     * What a call costs: {@code ((input - cached) * price of input + cached * price of cached input + output * price of
     * output) / 1,000,000}.
     *
     * @param inputTokens tokens read, cached ones included; not negative
     * @param cachedInputTokens how many of them came from the provider's cache; not negative
     * @param outputTokens tokens written; not negative
     * @return US dollars, rounded half up to 12 decimals; empty when there are tokens whose price is not known
     * @throws InvalidValueException if a number is negative, or more tokens are cached than read
     */
    public Optional<BigDecimal> cost(long inputTokens, long cachedInputTokens, long outputTokens) {
        counted("input_tokens", inputTokens, Long.MAX_VALUE);
        counted("cached_input_tokens", cachedInputTokens, inputTokens);
        counted("output_tokens", outputTokens, Long.MAX_VALUE);
        return sum(
                        price(inputTokens - cachedInputTokens, input),
                        price(cachedInputTokens, cachedInput.or(() -> input)),
                        price(outputTokens, output))
                .map(cost -> Columns.plain(cost.divide(MILLION, DECIMALS, RoundingMode.HALF_UP)));
    }

    /** No tokens cost nothing, whatever the price. */
    private static Optional<BigDecimal> price(long tokens, Optional<BigDecimal> perToken) {
        return tokens == 0 ? Optional.of(BigDecimal.ZERO) : perToken.map(BigDecimal.valueOf(tokens)::multiply);
    }

    @SafeVarargs
    private static Optional<BigDecimal> sum(Optional<BigDecimal>... parts) {
        Optional<BigDecimal> sum = Optional.of(BigDecimal.ZERO);
        for (Optional<BigDecimal> part : parts) {
            sum = sum.flatMap(sofar -> part.map(sofar::add));
        }
        return sum;
    }

    private static void counted(String field, long tokens, long most) {
        if (tokens < 0 || tokens > most) {
            throw new InvalidValueException(
                    field,
                    "The field " + field + " must not be negative, and no more tokens can be cached than read.",
                    null);
        }
    }

    private static BigDecimal number(String field, String text) {
        try {
            return new BigDecimal(Check.present(field, text));
        } catch (NumberFormatException e) {
            throw new InvalidValueException(field, "The field " + field + " is not a number.", e);
        }
    }

    private static void checked(String field, Optional<BigDecimal> price) {
        Check.present(field, price).ifPresent(amount -> {
            if (amount.signum() < 0 || amount.compareTo(MILLION) >= 0) {
                throw new InvalidValueException(
                        field, "The field " + field + " is out of range: 0 or more, less than a million.", null);
            }
            if (amount.stripTrailingZeros().scale() > DECIMALS) {
                throw new InvalidValueException(
                        field, "The field " + field + " has more than " + DECIMALS + " decimals.", null);
            }
        });
    }
}
