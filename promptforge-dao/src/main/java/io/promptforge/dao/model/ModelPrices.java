package io.promptforge.dao.model;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Columns;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The prices of a model in US dollars per million tokens: 0 or more, less than a million, with at most 12 decimals. A price that is
 * not set is unknown. Immutable and thread-safe. A price that is not accepted is refused with an {@link InvalidValueException},
 * whose field is the column, such as {@code input_price_per_million}.
 */
public final class ModelPrices {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final int DECIMALS = 12;
    private static final ModelPrices UNKNOWN = new ModelPrices(Optional.empty(), Optional.empty(), Optional.empty());

    private final Optional<BigDecimal> input;
    private final Optional<BigDecimal> output;
    private final Optional<BigDecimal> cachedInput;

    private ModelPrices(Optional<BigDecimal> input, Optional<BigDecimal> output, Optional<BigDecimal> cachedInput) {
        this.input = input;
        this.output = output;
        this.cachedInput = cachedInput;
    }

    /** No price is known. */
    public static ModelPrices unknown() {
        return UNKNOWN;
    }

    /** The prices of input and output, such as {@code perMillion("10", "30")}. */
    public static ModelPrices perMillion(String input, String output) {
        return UNKNOWN.input(number("input_price_per_million", input))
                .output(number("output_price_per_million", output));
    }

    /** The prices of input, output and cached input, such as {@code perMillion("10", "30", "2.5")}. */
    public static ModelPrices perMillion(String input, String output, String cachedInput) {
        return perMillion(input, output).cachedInput(number("cached_input_price_per_million", cachedInput));
    }

    /** Sets the price of input tokens; null when it is unknown. */
    public ModelPrices input(@Nullable BigDecimal perMillion) {
        return new ModelPrices(checked("input_price_per_million", perMillion), output, cachedInput);
    }

    /** Sets the price of output tokens; null when it is unknown. */
    public ModelPrices output(@Nullable BigDecimal perMillion) {
        return new ModelPrices(input, checked("output_price_per_million", perMillion), cachedInput);
    }

    /** Sets the price of input tokens from the provider's cache; null for the price of other input tokens. */
    public ModelPrices cachedInput(@Nullable BigDecimal perMillion) {
        return new ModelPrices(input, output, checked("cached_input_price_per_million", perMillion));
    }

    /** The price of input tokens; empty when it is unknown. */
    public Optional<BigDecimal> input() {
        return input;
    }

    /** The price of output tokens; empty when it is unknown. */
    public Optional<BigDecimal> output() {
        return output;
    }

    /** The price of input tokens from the provider's cache; empty for the price of other input tokens. */
    public Optional<BigDecimal> cachedInput() {
        return cachedInput;
    }

    /**
     * The cost of a call: {@code ((input - cached) * price of input + cached * price of cached input + output * price of
     * output) / 1,000,000}.
     *
     * @param inputTokens the input tokens, including the cached ones; not negative
     * @param cachedInputTokens the input tokens from the provider's cache; not negative
     * @param outputTokens the output tokens; not negative
     * @return US dollars, rounded half up to 12 decimals; empty when there are tokens whose price is unknown
     * @throws InvalidValueException if a number is negative, or if there are more cached than input tokens
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

    /** Zero for no tokens, even if their price is unknown. */
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
                    "The field " + field + " is out of range.",
                    "Give 0 or more tokens, and not more cached ones than input tokens.",
                    null);
        }
    }

    private static BigDecimal number(String field, String text) {
        try {
            return new BigDecimal(Check.present(field, text));
        } catch (NumberFormatException e) {
            throw new InvalidValueException(
                    field, "The field " + field + " is not a number.", "Give a decimal number, such as 2.50.", e);
        }
    }

    /** The database would round a price with more decimals without an error. */
    private static Optional<BigDecimal> checked(String field, @Nullable BigDecimal price) {
        if (price == null) {
            return Optional.empty();
        }
        if (price.signum() < 0 || price.compareTo(MILLION) >= 0) {
            throw new InvalidValueException(
                    field, "The field " + field + " is out of range.", "Give 0 or more and less than a million.", null);
        }
        if (price.stripTrailingZeros().scale() > DECIMALS) {
            throw new InvalidValueException(
                    field, "The field " + field + " has too many decimals.", "Give at most " + DECIMALS + ".", null);
        }
        return Optional.of(price);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ModelPrices same
                && input.equals(same.input)
                && output.equals(same.output)
                && cachedInput.equals(same.cachedInput);
    }

    @Override
    public int hashCode() {
        return Objects.hash(input, output, cachedInput);
    }

    @Override
    public String toString() {
        return "ModelPrices[input=" + text(input) + ", output=" + text(output) + ", cachedInput=" + text(cachedInput)
                + "]";
    }

    private static String text(Optional<BigDecimal> price) {
        return price.map(BigDecimal::toPlainString).orElse("unknown");
    }
}
