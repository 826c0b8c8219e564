package io.promptforge.dao.template;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values as JavaScript sees them, in which Mustache and Handlebars are at home. */
final class JavaScriptValues {
    private static final BigDecimal LEAST_PLAIN = new BigDecimal("1e-6");
    private static final BigDecimal LEAST_NOT_PLAIN = new BigDecimal("1e21");

    private JavaScriptValues() {}

    /** The text of a value; empty for an object, an infinite number, and a list with one of them. */
    static Optional<String> text(@Nullable Object value) {
        if (value == null) {
            return Optional.of("");
        }
        if (value instanceof Number number) {
            return ShortestNumber.of(number.doubleValue()).map(JavaScriptValues::number);
        }
        if (value instanceof List<?> list) {
            List<String> texts =
                    list.stream().flatMap(element -> text(element).stream()).toList();
            return texts.size() == list.size() ? Optional.of(String.join(",", texts)) : Optional.empty();
        }
        return value instanceof Map ? Optional.empty() : Optional.of(value.toString());
    }

    private static String number(BigDecimal number) {
        BigDecimal size = number.abs();
        boolean isPlain =
                number.signum() == 0 || (size.compareTo(LEAST_PLAIN) >= 0 && size.compareTo(LEAST_NOT_PLAIN) < 0);
        return isPlain ? number.toPlainString() : ShortestNumber.withExponent(number, 1);
    }

    /** Whether a condition with this value holds: false, null, nothing, 0 and the empty text do not; an empty list does. */
    static boolean isTrue(@Nullable Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        return value != null
                && !(value instanceof Undefined)
                && !value.equals("")
                && !(value instanceof Number number && new BigDecimal(number.toString()).signum() == 0);
    }

    /** A member of a value: of an object by name, of a list by its place or {@code length}. */
    static @Nullable Object member(@Nullable Object of, String name, String path) {
        if (of instanceof Map<?, ?> map && map.containsKey(name)) {
            return map.get(name);
        }
        if (of instanceof List<?> list) {
            if (name.equals("length")) {
                return list.size();
            }
            if (name.matches("0|[1-9][0-9]{0,8}") && Integer.parseInt(name) < list.size()) {
                return list.get(Integer.parseInt(name));
            }
        }
        return of instanceof String text && name.equals("length") ? (Object) text.length() : new Undefined(path);
    }
}
