package io.promptforge.dao.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/** The digits of a floating-point number in the types of Python's formats, as {@code PyOS_double_to_string} chooses them. */
final class PythonFractions {
    private PythonFractions() {}

    /**
     * The digits without a sign; empty for another type.
     *
     * @param number the exact value of the number, not below zero
     * @param type {@code f}, {@code e}, {@code g}, each in capitals, too, or nothing
     */
    static Optional<String> digits(BigDecimal number, String type, int precision) {
        boolean isUpper = !type.isEmpty() && Character.isUpperCase(type.charAt(0));
        Optional<String> digits =
                switch (type.toLowerCase(Locale.ROOT)) {
                    case "f" ->
                        Optional.of(number.setScale(precision, RoundingMode.HALF_EVEN)
                                .toPlainString());
                    case "e" -> Optional.of(scientific(number, precision));
                    case "g" -> Optional.of(general(number, Math.max(1, precision), false));
                    case "" -> Optional.of(general(number, Math.max(1, precision), true));
                    default -> Optional.empty();
                };
        return isUpper ? digits.map(text -> text.toUpperCase(Locale.ROOT)) : digits;
    }

    private static String scientific(BigDecimal number, int precision) {
        if (number.signum() == 0) {
            return BigDecimal.ZERO.setScale(precision).toPlainString() + "e+00";
        }
        BigDecimal rounded = number.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int missing = precision + 1 - rounded.precision();
        return ShortestNumber.withExponent(rounded.setScale(rounded.scale() + missing), 2);
    }

    /** As many digits as are significant, with an exponent for great and small numbers. */
    private static String general(BigDecimal number, int digits, boolean hasPoint) {
        if (number.signum() == 0) {
            return hasPoint ? "0.0" : "0";
        }
        BigDecimal rounded =
                number.round(new MathContext(digits, RoundingMode.HALF_EVEN)).stripTrailingZeros();
        int exponent = ShortestNumber.exponent(rounded);
        if (exponent < -4 || exponent >= (hasPoint ? digits - 1 : digits)) {
            return ShortestNumber.withExponent(rounded, 2);
        }
        return rounded.setScale(Math.max(hasPoint ? 1 : 0, rounded.scale())).toPlainString();
    }
}
