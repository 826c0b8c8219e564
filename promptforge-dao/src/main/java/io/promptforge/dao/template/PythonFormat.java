package io.promptforge.dao.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Python's format specifications, without the locale's ones: <code>:&gt;10</code>, <code>:,.2f</code>. Every method returns nothing for
 * what is no specification, or none for the value.
 *
 * <p>https://docs.python.org/3/library/string.html#format-specification-mini-language
 */
final class PythonFormat {
    private static final int WIDEST = 10_000;

    private static final Pattern SPECIFICATION = Pattern.compile(
            "(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?(?<width>[0-9]{1,5})?"
                    + "(?<group>[,_])?(?:\\.(?<precision>[0-9]{1,5}))?(?<type>[a-zA-Z%])?",
            Pattern.DOTALL);

    private PythonFormat() {}

    /** The value with the specification. */
    static Optional<String> format(@Nullable Object value, String specification) {
        if (specification.isEmpty()) {
            return PythonValues.text(value);
        }
        Matcher parts = SPECIFICATION.matcher(specification);
        if (!parts.matches() || width(parts) > WIDEST || precision(parts, 0) > WIDEST) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return ofText(text, parts);
        }
        return PythonValues.number(value).flatMap(number -> ofNumber(value, number, parts));
    }

    private static Optional<String> ofText(String text, Matcher parts) {
        boolean isForTexts = parts.group("sign") == null
                && parts.group("alternate") == null
                && parts.group("zero") == null
                && parts.group("group") == null
                && !"=".equals(parts.group("align"))
                && (parts.group("type") == null || parts.group("type").equals("s"));
        if (!isForTexts) {
            return Optional.empty();
        }
        int length = text.codePointCount(0, text.length());
        int shown = Math.min(length, precision(parts, length));
        return Optional.of(padded("", text.substring(0, text.offsetByCodePoints(0, shown)), "<", parts));
    }

    private static Optional<String> ofNumber(@Nullable Object value, BigDecimal number, Matcher parts) {
        String type = parts.group("type") == null ? "" : parts.group("type");
        boolean isFraction = value instanceof BigDecimal || (!type.isEmpty() && "eEfFgG%".contains(type));
        boolean isPadded = parts.group("zero") != null || "=".equals(parts.group("align"));
        if (parts.group("alternate") != null || (isPadded && parts.group("group") != null)) {
            return Optional.empty();
        }
        Optional<String> digits = isFraction ? ofFraction(number, type, parts) : ofInteger(number, type, parts);
        String sign = number.signum() < 0 ? "-" : "-".equals(parts.group("sign")) ? "" : parts.group("sign");
        return digits.map(text -> padded(sign == null ? "" : sign, grouped(text, parts.group("group")), ">", parts));
    }

    private static Optional<String> ofInteger(BigDecimal number, String type, Matcher parts) {
        BigInteger whole = number.toBigInteger().abs();
        boolean isGroupedOtherwise = parts.group("group") != null && !type.equals("d") && !type.isEmpty();
        if (parts.group("precision") != null || isGroupedOtherwise) {
            return Optional.empty();
        }
        return switch (type) {
            case "", "d" -> Optional.of(whole.toString());
            case "b" -> Optional.of(whole.toString(2));
            case "o" -> Optional.of(whole.toString(8));
            case "x" -> Optional.of(whole.toString(16));
            case "X" -> Optional.of(whole.toString(16).toUpperCase(Locale.ROOT));
            default -> Optional.empty();
        };
    }

    private static Optional<String> ofFraction(BigDecimal number, String type, Matcher parts) {
        double value = Math.abs(number.doubleValue());
        boolean isPercent = type.equals("%");
        double shown = isPercent ? value * 100 : value;
        if (Double.isInfinite(shown)) {
            return Optional.empty();
        }
        boolean isShortest = type.isEmpty() && parts.group("precision") == null;
        if (isShortest) {
            return ShortestNumber.of(value).flatMap(PythonText::number);
        }
        return PythonFractions.digits(new BigDecimal(shown), isPercent ? "f" : type, precision(parts, 6))
                .map(digits -> digits + (isPercent ? "%" : ""));
    }

    private static String grouped(String digits, @Nullable String separator) {
        if (separator == null) {
            return digits;
        }
        int end = 0;
        while (end < digits.length() && Character.isDigit(digits.charAt(end))) {
            end++;
        }
        StringBuilder grouped = new StringBuilder(digits);
        for (int i = end - 3; i > 0; i -= 3) {
            grouped.insert(i, separator);
        }
        return grouped.toString();
    }

    private static String padded(String sign, String digits, String align, Matcher parts) {
        boolean isZero = parts.group("zero") != null && parts.group("align") == null;
        String fill = parts.group("fill") != null ? parts.group("fill") : parts.group("zero") != null ? "0" : " ";
        String at = isZero ? "=" : parts.group("align") == null ? align : parts.group("align");
        int length = sign.length() + digits.codePointCount(0, digits.length());
        int missing = Math.max(0, width(parts) - length);
        String filled = fill.repeat(missing);
        return switch (at) {
            case "<" -> sign + digits + filled;
            case "=" -> sign + filled + digits;
            case "^" -> fill.repeat(missing / 2) + sign + digits + fill.repeat(missing - missing / 2);
            default -> filled + sign + digits;
        };
    }

    private static int width(Matcher parts) {
        return parts.group("width") == null ? 0 : Integer.parseInt(parts.group("width"));
    }

    private static int precision(Matcher parts, int otherwise) {
        return parts.group("precision") == null ? otherwise : Integer.parseInt(parts.group("precision"));
    }
}
