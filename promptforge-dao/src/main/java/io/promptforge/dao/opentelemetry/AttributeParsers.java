package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parse plain values of attributes for columns; null for a value that does not fit its column. */
final class AttributeParsers {
    /** The greatest number of tokens that a column can hold. */
    static final long MOST_TOKENS = 1_000_000_000_000L;

    /** The greatest size of an input or output. */
    static final long BYTES_OF_PAYLOAD = 16_777_216;

    private static final BigDecimal HIGHEST_TEMPERATURE = BigDecimal.valueOf(100);
    private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(100L * 365 * 24 * 60 * 60);
    private static final int MICROS = 6;
    private static final int LONGEST_NUMBER = 50;
    private static final int BYTES_OF_FINISH_REASONS = 4_096;

    /** More bytes of a jsonb than a character of its text can stand for. */
    private static final int BYTES_PER_CHARACTER = 16;

    private AttributeParsers() {}

    /** A visible text of at most this many characters, or a whole number as one: ids are often numbers. */
    static Function<Object, @Nullable String> text(int most) {
        return value -> {
            String text = value instanceof Long ? value.toString() : value instanceof String string ? string : "";
            return TextLimits.isVisible(text) && TextLimits.fits(text, most) ? text : null;
        };
    }

    static @Nullable Long tokens(Object value) {
        return whole(value, MOST_TOKENS);
    }

    static @Nullable Integer count(Object value) {
        Long whole = whole(value, Integer.MAX_VALUE);
        return whole == null ? null : whole.intValue();
    }

    static @Nullable Double temperature(Object value) {
        BigDecimal number = number(value, HIGHEST_TEMPERATURE);
        return number == null ? null : (Double) number.doubleValue();
    }

    /** The temperature, if a double can hold it exactly; else null. */
    static @Nullable Double exactTemperature(Object value) {
        BigDecimal number = number(value, HIGHEST_TEMPERATURE);
        return number != null && number.compareTo(BigDecimal.valueOf(number.doubleValue())) == 0
                ? temperature(value)
                : null;
    }

    /** A number of seconds, cut to microseconds; null if it is no such number. */
    static @Nullable Duration seconds(Object value) {
        BigDecimal seconds = number(value, LONGEST_SECONDS);
        return seconds == null
                ? null
                : Duration.of(seconds.movePointRight(MICROS).longValue(), ChronoUnit.MICROS);
    }

    /** The duration, if it is a whole number of microseconds; else null. */
    static @Nullable Duration exactSeconds(Object value) {
        BigDecimal seconds = number(value, LONGEST_SECONDS);
        return seconds != null && seconds.stripTrailingZeros().scale() <= MICROS ? seconds(value) : null;
    }

    /** One or several visible texts; also as the text of a JSON array. */
    static @Nullable List<String> texts(Object value) {
        if (value instanceof String text) {
            Object parsed = parsed(text);
            return texts(parsed instanceof List ? parsed : List.of(text));
        }
        if (!(value instanceof List<?> list)
                || list.isEmpty()
                || !list.stream().allMatch(each -> each instanceof String text && TextLimits.isVisible(text))) {
            return null;
        }
        // A text in an array of PostgreSQL has a head, and ends where an integer could begin.
        long bytes = JsonbLimits.bytes(list) + 24 + 4L * list.size();
        return bytes <= BYTES_OF_FINISH_REASONS
                ? list.stream().map(String.class::cast).toList()
                : null;
    }

    /** Any value but a blank text; the text of a JSON object or array is parsed. */
    static @Nullable Json document(Object value) {
        if (value instanceof String text) {
            return TextLimits.isVisible(text) ? documentOf(text) : null;
        }
        return JsonbLimits.bytes(value) <= BYTES_OF_PAYLOAD ? Json.of(value) : null;
    }

    /** A list, also as the text of a JSON array. */
    static @Nullable List<@Nullable Object> list(Object value) {
        Object plain = value instanceof String text ? parsed(text) : value;
        return plain instanceof List<?> list ? Collections.unmodifiableList(new ArrayList<>(list)) : null;
    }

    private static @Nullable Json documentOf(String text) {
        Json json = json(text);
        if (json != null && fits(json, text)) {
            return json;
        }
        return JsonbLimits.bytes(text) <= BYTES_OF_PAYLOAD ? Json.of(text) : null;
    }

    private static boolean fits(Json json, String text) {
        return (long) text.length() * BYTES_PER_CHARACTER <= BYTES_OF_PAYLOAD
                || JsonbLimits.bytes(json.toJava()) <= BYTES_OF_PAYLOAD;
    }

    private static @Nullable Object parsed(String text) {
        Json json = json(text);
        return json == null ? null : json.toJava();
    }

    /** Objects and arrays only: the text {@code 42} may well be meant as a text. */
    private static @Nullable Json json(String text) {
        String start = text.stripLeading();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            return null;
        }
        try {
            return Json.parse(text);
        } catch (InvalidValueException e) {
            return null;
        }
    }

    private static @Nullable Long whole(Object value, long most) {
        BigDecimal number = number(value, BigDecimal.valueOf(most));
        return number != null && number.stripTrailingZeros().scale() <= 0 ? (Long) number.longValue() : null;
    }

    /** A number from 0 up to another, also as a text. */
    private static @Nullable BigDecimal number(Object value, BigDecimal most) {
        BigDecimal number = value instanceof Long whole
                ? BigDecimal.valueOf(whole)
                : value instanceof BigDecimal decimal ? decimal : value instanceof String text ? number(text) : null;
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
