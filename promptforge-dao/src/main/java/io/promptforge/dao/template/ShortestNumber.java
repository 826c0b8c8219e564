package io.promptforge.dao.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/** Floating-point numbers (IEEE 754, 64 bits) as Python and JavaScript write them: with the fewest digits that name the number. */
final class ShortestNumber {
    private static final int MOST_DIGITS = 17;

    private ShortestNumber() {}

    /** The number; empty for what no decimal is: an infinity, NaN, and the negative zero. */
    static Optional<BigDecimal> of(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Optional.empty();
        }
        if (number == 0) {
            return 1 / number < 0 ? Optional.empty() : Optional.of(BigDecimal.ZERO);
        }
        BigDecimal exact = new BigDecimal(number);
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == number) {
                return Optional.of(rounded.stripTrailingZeros());
            }
        }
        return Optional.of(exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN))
                .stripTrailingZeros());
    }

    /**
     * The digits with an exponent: {@code 1.5e-07}.
     *
     * @param exponentDigits the fewest digits of the exponent
     */
    static String withExponent(BigDecimal number, int exponentDigits) {
        String digits = number.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - number.scale();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        String power = String.valueOf(Math.abs(exponent));
        return (number.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+")
                + "0".repeat(Math.max(0, exponentDigits - power.length())) + power;
    }

    /** The exponent of the first digit: 2 of 123.4. */
    static int exponent(BigDecimal number) {
        return number.precision() - 1 - number.scale();
    }
}
