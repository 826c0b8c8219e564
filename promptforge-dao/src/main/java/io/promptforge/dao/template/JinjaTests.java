package io.promptforge.dao.template;

import static io.promptforge.dao.template.JinjaOperator.UNSUPPORTED;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tests of Jinja: {@code is defined}. */
final class JinjaTests {
    private static final Map<String, String> COMPARISONS = Map.ofEntries(
            Map.entry("eq", "=="),
            Map.entry("equalto", "=="),
            Map.entry("==", "=="),
            Map.entry("ne", "!="),
            Map.entry("!=", "!="),
            Map.entry("lt", "<"),
            Map.entry("lessthan", "<"),
            Map.entry("le", "<="),
            Map.entry("gt", ">"),
            Map.entry("greaterthan", ">"),
            Map.entry("ge", ">="),
            Map.entry("in", "in"));

    private JinjaTests() {}

    static Object apply(String name, List<@Nullable Object> values) {
        Object value = values.get(0);
        if (values.size() == 2 && COMPARISONS.containsKey(name)) {
            Object result = JinjaOperators.apply(COMPARISONS.get(name), values);
            return result == null ? UNSUPPORTED : result;
        }
        if (values.size() == 2) {
            return switch (name) {
                case "divisibleby" -> divides(values.get(1), value);
                case "sameas" ->
                    values.get(1) == null || values.get(1) instanceof Boolean
                            ? Objects.equals(value, values.get(1))
                            : UNSUPPORTED;
                default -> UNSUPPORTED;
            };
        }
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value == null;
            case "string" -> value instanceof String;
            case "number" -> value instanceof Number || value instanceof Boolean;
            case "integer" -> PythonValues.isInteger(value);
            case "float" -> value instanceof BigDecimal;
            case "lower" -> value instanceof String text && isCased(text, text.toLowerCase(Locale.ROOT));
            case "upper" -> value instanceof String text && isCased(text, text.toUpperCase(Locale.ROOT));
            case "boolean" -> value instanceof Boolean;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "mapping" -> value instanceof Map;
            case "sequence", "iterable" ->
                value instanceof Undefined || PythonValues.elements(value).isPresent();
            case "even" -> divides(2, value);
            case "odd" -> divides(2, value) instanceof Boolean even ? (Object) !even : UNSUPPORTED;
            default -> UNSUPPORTED;
        };
    }

    /** Whether a text is in one case and has letters with a case. */
    private static boolean isCased(String text, String inCase) {
        return text.equals(inCase) && !text.toLowerCase(Locale.ROOT).equals(text.toUpperCase(Locale.ROOT));
    }

    private static Object divides(@Nullable Object divisor, @Nullable Object value) {
        if (!PythonValues.isInteger(divisor) || !PythonValues.isInteger(value)) {
            return UNSUPPORTED;
        }
        BigInteger by = new BigInteger(String.valueOf(divisor));
        return by.signum() == 0
                ? UNSUPPORTED
                : (Object) (new BigInteger(String.valueOf(value)).mod(by.abs()).signum() == 0);
    }
}
