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

    /** The text of a value; empty for a list, an object, and a number that JavaScript writes with an exponent. */
    static Optional<String> text(@Nullable Object value) {
        if (value == null) {
            return Optional.of("");
        }
        if (value instanceof Number number) {
            return number(new BigDecimal(number.toString()));
        }
        return value instanceof List || value instanceof Map ? Optional.empty() : Optional.of(value.toString());
    }

    private static Optional<String> number(BigDecimal number) {
        BigDecimal size = number.abs();
        boolean isPlain =
                number.signum() == 0 || (size.compareTo(LEAST_PLAIN) >= 0 && size.compareTo(LEAST_NOT_PLAIN) < 0);
        return isPlain
                ? Optional.of(
                        number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString())
                : Optional.empty();
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
