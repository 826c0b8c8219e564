package io.promptforge.dao.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values as Python sees them, in which Jinja and format strings are at home. A number with a point is a float. */
final class PythonValues {
    private PythonValues() {}

    /** The text of a value; empty for what has none that is known: an infinite number, what is not given, what is only gone through. */
    static Optional<String> text(@Nullable Object value) {
        if (value == null) {
            return Optional.of("None");
        }
        if (value instanceof Boolean bool) {
            return Optional.of(bool ? "True" : "False");
        }
        if (value instanceof BigDecimal number) {
            return PythonText.number(number);
        }
        if (value instanceof List || value instanceof Map) {
            return PythonText.of(value);
        }
        return value instanceof String || isInteger(value) ? Optional.of(value.toString()) : Optional.empty();
    }

    static boolean isInteger(@Nullable Object value) {
        return value instanceof Integer || value instanceof Long || value instanceof BigInteger;
    }

    /** Whether a condition with this value holds: false, None, nothing, 0, and an empty text, list or object do not. */
    static boolean isTrue(@Nullable Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        return value != null
                && !(value instanceof Undefined)
                && !value.equals("")
                && !(value instanceof List<?> list && list.isEmpty())
                && !(value instanceof Map<?, ?> map && map.isEmpty())
                && !(value instanceof Number number && new BigDecimal(number.toString()).signum() == 0);
    }

    /** A member of a value: of an object by name, of a list or text by its place, which counts from the end if it is negative. */
    static @Nullable Object member(@Nullable Object of, @Nullable Object key, String path) {
        if (of instanceof Undefined || key instanceof Undefined) {
            return of instanceof Undefined ? of : key;
        }
        if (of instanceof Map<?, ?> map && key instanceof String && map.containsKey(key)) {
            return map.get(key);
        }
        if (key instanceof Integer place) {
            List<?> elements =
                    of instanceof List<?> list ? list : of instanceof String text ? characters(text) : List.of();
            int index = place < 0 ? elements.size() + place : place;
            if (index >= 0 && index < elements.size()) {
                return elements.get(index);
            }
        }
        return new Undefined(path);
    }

    /** The characters of a text. */
    static List<String> characters(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }

    /** What a loop goes through: the elements of a list, the keys of an object, the characters of a text; empty for others. */
    static Optional<List<?>> elements(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return Optional.of(list);
        }
        if (value instanceof Map<?, ?> map) {
            return Optional.of(new ArrayList<>(map.keySet()));
        }
        return value instanceof String text ? Optional.of(characters(text)) : Optional.empty();
    }

    /** Whether two values are equal: numbers by their value, true as 1. */
    static boolean areEqual(@Nullable Object one, @Nullable Object other) {
        if (one == other) {
            return true;
        }
        Optional<BigDecimal> number = number(one);
        Optional<BigDecimal> otherNumber = number(other);
        if (number.isPresent() && otherNumber.isPresent()) {
            return number.get().compareTo(otherNumber.get()) == 0;
        }
        if (one instanceof List<?> list && other instanceof List<?> otherList) {
            boolean equal = list.size() == otherList.size();
            for (int i = 0; equal && i < list.size(); i++) {
                equal = areEqual(list.get(i), otherList.get(i));
            }
            return equal;
        }
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> otherMap) {
            return map.size() == otherMap.size()
                    && map.entrySet().stream()
                            .allMatch(entry -> otherMap.containsKey(entry.getKey())
                                    && areEqual(entry.getValue(), otherMap.get(entry.getKey())));
        }
        return one == null
                ? other == null
                : one.equals(other) || (one instanceof Undefined && other instanceof Undefined);
    }

    /** How two numbers or two texts compare; empty for values without an order. */
    static Optional<Integer> compare(@Nullable Object one, @Nullable Object other) {
        Optional<BigDecimal> number = number(one);
        Optional<BigDecimal> otherNumber = number(other);
        if (number.isPresent() && otherNumber.isPresent()) {
            return Optional.of(number.get().compareTo(otherNumber.get()));
        }
        return one instanceof String text && other instanceof String otherText
                ? Optional.of(java.util.Arrays.compare(
                        text.codePoints().toArray(), otherText.codePoints().toArray()))
                : Optional.empty();
    }

    /** A number, of which true is 1 and false 0; empty for others. */
    static Optional<BigDecimal> number(@Nullable Object value) {
        if (value instanceof Boolean bool) {
            return Optional.of(bool ? BigDecimal.ONE : BigDecimal.ZERO);
        }
        return value instanceof Number number ? Optional.of(new BigDecimal(number.toString())) : Optional.empty();
    }
}
