package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.text.StorableText;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values of attributes to values that JSON and PostgreSQL can represent: texts, booleans, numbers, null, and lists and
 * maps of these; by the rules that {@link OpenTelemetryTraces} states.
 */
final class PlainValues {
    /** The limit of the parsers of OTLP. */
    private static final int DEEPEST = 100;

    /** More than any measured number has; JSON parsers refuse 1,000. */
    private static final int MOST_DIGITS = 500;

    private static final int LONGEST_NAME = 1_000;

    private PlainValues() {}

    /** The attributes with plain names and values. */
    static Map<String, @Nullable Object> of(Map<?, ?> attributes) {
        return object(attributes, 0);
    }

    /** The plain value. */
    static @Nullable Object value(@Nullable Object value) {
        return value(value, 0);
    }

    private static @Nullable Object value(@Nullable Object value, int depth) {
        if (value == null || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof Json json) {
            return value(json.toJava(), depth);
        }
        boolean container = value instanceof Map
                || value instanceof Iterable
                || value.getClass().isArray();
        if (container && depth >= DEEPEST) {
            return "(nested deeper than " + DEEPEST + " levels)";
        }
        if (value instanceof Map<?, ?> map) {
            return object(map, depth + 1);
        }
        if (value instanceof Iterable<?> elements) {
            List<@Nullable Object> list = new ArrayList<>();
            elements.forEach(element -> list.add(value(element, depth + 1)));
            return list;
        }
        return container ? array(value, depth) : StorableText.of(String.valueOf(value));
    }

    private static List<@Nullable Object> array(Object array, int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            list.add(value(Array.get(array, i), depth + 1));
        }
        return list;
    }

    private static Map<String, @Nullable Object> object(Map<?, ?> map, int depth) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        map.forEach((name, value) -> plain.put(free(name(name), plain), value(value, depth)));
        return plain;
    }

    private static String name(@Nullable Object name) {
        return TextLimits.cut(StorableText.of(String.valueOf(name)), LONGEST_NAME);
    }

    /** A name that is not taken: two names may have become equal. */
    private static String free(String name, Map<String, ?> taken) {
        return taken.containsKey(name) ? free(name + '\uFFFD', taken) : name;
    }

    /** A number that JSON and PostgreSQL can represent, else its text. */
    private static Object number(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        if (number instanceof Double || number instanceof Float) {
            // By way of its text, so that 0.7f is 0.7 and not 0.699999988.
            String text = number.toString();
            return Double.isFinite(number.doubleValue()) ? new BigDecimal(text) : text;
        }
        try {
            BigDecimal exact = number instanceof BigInteger whole
                    ? new BigDecimal(whole)
                    : number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
            return exact.precision() <= MOST_DIGITS && Math.abs((long) exact.scale()) <= MOST_DIGITS
                    ? exact
                    : number.toString();
        } catch (NumberFormatException e) {
            return StorableText.of(number.toString());
        }
    }
}
