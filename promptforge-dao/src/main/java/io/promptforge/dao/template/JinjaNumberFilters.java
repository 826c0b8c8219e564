package io.promptforge.dao.template;

import static io.promptforge.dao.template.JinjaOperator.UNSUPPORTED;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The filters that make numbers. */
final class JinjaNumberFilters {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,1000}");
    private static final Pattern FRACTION =
            Pattern.compile("[-+]?(?:[0-9]{1,300}\\.?[0-9]{0,300}|\\.[0-9]{1,300})(?:[eE][-+]?[0-9]{1,3})?");

    private static final int MOST_PLACES = 100;

    private JinjaNumberFilters() {}

    static @Nullable Object apply(String name, @Nullable Object value, JinjaArguments arguments) {
        return switch (name) {
            case "abs" -> arguments.areOf() ? absolute(value) : UNSUPPORTED;
            case "round" -> arguments.areOf("precision", "method") ? round(value, arguments) : UNSUPPORTED;
            case "int" -> arguments.areOf("default") ? integer(value, arguments.get(0, "default", 0)) : UNSUPPORTED;
            default ->
                arguments.areOf("default")
                        ? fraction(value, arguments.get(0, "default", BigDecimal.ZERO))
                        : UNSUPPORTED;
        };
    }

    private static Object absolute(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number.abs();
        }
        return PythonValues.isInteger(value)
                ? JinjaArithmetic.small(new BigInteger(String.valueOf(value)).abs())
                : UNSUPPORTED;
    }

    private static @Nullable Object round(@Nullable Object value, JinjaArguments arguments) {
        int places = arguments.get(0, "precision", 0) instanceof Integer given ? given : -1;
        Object method = arguments.get(1, "method", "common");
        Optional<BigDecimal> number = PythonValues.number(value);
        if (number.isEmpty() || places < 0 || places > MOST_PLACES || value instanceof Boolean) {
            return UNSUPPORTED;
        }
        if ("common".equals(method)) {
            return value instanceof BigDecimal fraction
                    ? shortest(new BigDecimal(fraction.doubleValue())
                            .setScale(places, RoundingMode.HALF_EVEN)
                            .doubleValue())
                    : value;
        }
        // as Jinja does it: the number is multiplied, rounded to a whole one, and divided
        double power = Math.pow(10, places);
        double multiplied = number.get().doubleValue() * power;
        return switch (String.valueOf(method)) {
            case "ceil" -> shortest(Math.ceil(multiplied) / power);
            case "floor" -> shortest(Math.floor(multiplied) / power);
            default -> UNSUPPORTED;
        };
    }

    private static @Nullable Object integer(@Nullable Object value, @Nullable Object otherwise) {
        if (value instanceof Boolean bool) {
            return bool ? 1 : 0;
        }
        if (value instanceof BigDecimal number) {
            return JinjaArithmetic.small(number.toBigInteger());
        }
        if (value instanceof String text) {
            String stripped = PythonStrings.strip(text, null);
            if (INTEGER.matcher(stripped).matches()) {
                return JinjaArithmetic.small(new BigInteger(stripped));
            }
            Object number = fraction(stripped, otherwise);
            return number instanceof BigDecimal fraction
                            && FRACTION.matcher(stripped).matches()
                    ? JinjaArithmetic.small(fraction.toBigInteger())
                    : number;
        }
        return PythonValues.isInteger(value) ? value : otherwise;
    }

    private static @Nullable Object fraction(@Nullable Object value, @Nullable Object otherwise) {
        if (value instanceof String text) {
            String stripped = PythonStrings.strip(text, null);
            boolean isOtherNumber = stripped.matches("(?i)[-+]?(nan|inf|infinity)|.*[0-9]_[0-9].*");
            return FRACTION.matcher(stripped).matches()
                    ? shortest(Double.parseDouble(stripped))
                    : isOtherNumber ? UNSUPPORTED : otherwise;
        }
        return PythonValues.number(value)
                .map(number -> shortest(number.doubleValue()))
                .orElse(otherwise);
    }

    private static Object shortest(double number) {
        return ShortestNumber.of(number).map(found -> (Object) found).orElse(UNSUPPORTED);
    }
}
