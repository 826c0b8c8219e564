package io.promptforge.dao.opentelemetry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parse plain values of attributes as numbers and times; null for a value that does not fit its field. */
final class NumberParsers {
    /** The greatest number of tokens that a column can hold. */
    static final long MOST_TOKENS = 1_000_000_000_000L;

    private static final BigDecimal HIGHEST_TEMPERATURE = BigDecimal.valueOf(100);
    private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(100L * 365 * 24 * 60 * 60);
    private static final BigDecimal MOST_DOLLARS = BigDecimal.valueOf(999_999_999_999L);
    private static final int DIGITS_OF_DOLLARS = 30;

    /** No first token takes a million seconds: 11 days. */
    private static final BigDecimal NANOSECONDS_FROM = BigDecimal.valueOf(1_000_000);

    private static final int LONGEST_NUMBER = 50;

    private NumberParsers() {}

    static @Nullable Long tokens(Object value) {
        return whole(value, MOST_TOKENS);
    }

    static @Nullable Integer count(Object value) {
        Long whole = whole(value, Integer.MAX_VALUE);
        return whole == null ? null : whole.intValue();
    }

    /** The temperature as a double; its attribute stays if a double cannot hold all digits. */
    static Reader<Double> temperature() {
        Reader<Double> rounded = value -> {
            BigDecimal number = number(value, HIGHEST_TEMPERATURE);
            return number == null ? null : (Double) number.doubleValue();
        };
        return rounded.keepingAllOf(value -> {
            BigDecimal number = number(value, HIGHEST_TEMPERATURE);
            return number == null || number.compareTo(BigDecimal.valueOf(number.doubleValue())) != 0 ? null : number;
        });
    }

    /** US dollars. */
    static @Nullable BigDecimal dollars(Object value) {
        BigDecimal dollars = number(value, MOST_DOLLARS);
        return dollars == null || dollars.scale() <= DIGITS_OF_DOLLARS
                ? dollars
                : dollars.setScale(DIGITS_OF_DOLLARS, RoundingMode.HALF_UP);
    }

    /** The sum of the members of an object, which are US dollars each. */
    static @Nullable BigDecimal sumOfDollars(Object value) {
        BigDecimal sum = null;
        if (AttributeParsers.tree(value) instanceof Map<?, ?> parts) {
            for (Object part : parts.values()) {
                BigDecimal dollars = part == null ? null : dollars(part);
                if (dollars == null) {
                    return null;
                }
                sum = sum == null ? dollars : sum.add(dollars);
            }
        }
        return sum;
    }

    /** Seconds, cut to microseconds. */
    static Reader<Duration> seconds() {
        return cut(value -> micros(value, 0));
    }

    /** Milliseconds, cut to microseconds. */
    static Reader<Duration> milliseconds() {
        return cut(value -> micros(value, 3));
    }

    /** Seconds; nanoseconds from a million on, since instrumentations of one name write the one or the other. */
    static Reader<Duration> secondsOrNanoseconds() {
        return cut(value -> micros(value, isBig(value) ? 9 : 0));
    }

    /** A moment as a text of ISO 8601, perhaps in the quotes of a JSON text, as Langfuse's first SDKs wrote it. */
    static @Nullable Instant moment(Object value) {
        try {
            return value instanceof String text
                    ? DateTimeFormatter.ISO_DATE_TIME.parse(
                            text.replace("\"", "").strip(), Instant::from)
                    : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Reader<Duration> cut(Reader<BigDecimal> micros) {
        Reader<Duration> cut = value -> {
            BigDecimal number = micros.read(value);
            return number == null ? null : Duration.of(number.longValue(), ChronoUnit.MICROS);
        };
        return cut.keepingAllOf(value -> {
            BigDecimal number = micros.read(value);
            return number == null || number.stripTrailingZeros().scale() > 0 ? null : number;
        });
    }

    private static boolean isBig(Object value) {
        BigDecimal number = number(value, BigDecimal.valueOf(Long.MAX_VALUE));
        return number != null && number.compareTo(NANOSECONDS_FROM) >= 0;
    }

    /** The microseconds in a number of units of which a second has this power of ten. */
    private static @Nullable BigDecimal micros(Object value, int digits) {
        BigDecimal number = number(value, LONGEST_SECONDS.movePointRight(digits));
        return number == null ? null : number.movePointRight(6 - digits);
    }

    private static @Nullable Long whole(Object value, long most) {
        BigDecimal number = number(value, BigDecimal.valueOf(most));
        return number != null && number.stripTrailingZeros().scale() <= 0 ? (Long) number.longValue() : null;
    }

    /** A number from 0 up to another, also as a text. */
    private static @Nullable BigDecimal number(Object value, BigDecimal most) {
        BigDecimal number = value instanceof Number || value instanceof String ? number(value.toString()) : null;
        return number != null && number.signum() >= 0 && number.compareTo(most) <= 0 ? number : null;
    }

    private static @Nullable BigDecimal number(String text) {
        String digits = text.strip();
        try {
            BigDecimal number = digits.length() <= LONGEST_NUMBER ? new BigDecimal(digits) : null;
            return number != null && Math.abs((long) number.scale()) <= LONGEST_NUMBER ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
