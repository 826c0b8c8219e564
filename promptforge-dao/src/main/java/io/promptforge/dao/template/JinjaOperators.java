package io.promptforge.dao.template;

import static io.promptforge.dao.template.JinjaOperator.UNSUPPORTED;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The operators of Jinja. */
final class JinjaOperators {
    private static final int LONGEST_REPEATED = 100_000;

    private JinjaOperators() {}

    static @Nullable Object apply(String name, List<@Nullable Object> values) {
        Object left = values.get(0);
        if (values.size() == 1) {
            return unary(name, left);
        }
        Object right = values.get(1);
        return switch (name) {
            case "==" -> PythonValues.areEqual(left, right);
            case "!=" -> !PythonValues.areEqual(left, right);
            case "<" -> compared(left, right, order -> order < 0);
            case "<=" -> compared(left, right, order -> order <= 0);
            case ">" -> compared(left, right, order -> order > 0);
            case ">=" -> compared(left, right, order -> order >= 0);
            case "in" -> contains(right, left);
            case "not in" -> contains(right, left) instanceof Boolean found ? (Object) !found : UNSUPPORTED;
            case "~" -> joined(left, right);
            case "+" -> plus(left, right);
            case "slice" -> slice(values);
            case "*" -> times(left, right);
            case "%" -> left instanceof String text ? filled(text, right) : JinjaArithmetic.apply("%", left, right);
            default -> JinjaArithmetic.apply(name, left, right);
        };
    }

    private static @Nullable Object unary(String name, @Nullable Object value) {
        if (name.equals("not")) {
            return !PythonValues.isTrue(value);
        }
        boolean isNumber = PythonValues.isInteger(value) || value instanceof BigDecimal;
        return switch (name) {
            case "-" -> JinjaArithmetic.negated(value);
            case "+" -> isNumber ? value : UNSUPPORTED;
            default -> UNSUPPORTED;
        };
    }

    private static Object compared(@Nullable Object left, @Nullable Object right, IntPredicate order) {
        Optional<Integer> compared = PythonValues.compare(left, right);
        return compared.isPresent() ? (Object) order.test(compared.get()) : UNSUPPORTED;
    }

    private static Object contains(@Nullable Object container, @Nullable Object value) {
        if (container instanceof Undefined) {
            return false;
        }
        if (container instanceof String text) {
            return value instanceof String part ? (Object) text.contains(part) : UNSUPPORTED;
        }
        Optional<List<?>> elements = PythonValues.elements(container);
        return elements.isEmpty()
                ? UNSUPPORTED
                : (Object) elements.get().stream().anyMatch(element -> PythonValues.areEqual(element, value));
    }

    private static Object joined(@Nullable Object left, @Nullable Object right) {
        Optional<String> one = PythonValues.text(left);
        Optional<String> other = PythonValues.text(right);
        return one.isPresent() && other.isPresent() ? one.get() + other.get() : UNSUPPORTED;
    }

    private static Object plus(@Nullable Object left, @Nullable Object right) {
        if (left instanceof String one && right instanceof String other) {
            return one + other;
        }
        if (left instanceof List<?> one && right instanceof List<?> other) {
            List<@Nullable Object> both = new ArrayList<>(one);
            both.addAll(other);
            return both;
        }
        return JinjaArithmetic.apply("+", left, right);
    }

    private static Object times(@Nullable Object left, @Nullable Object right) {
        if (!(left instanceof String text) || !(right instanceof Integer times)) {
            return JinjaArithmetic.apply("*", left, right);
        }
        boolean isShort = (long) text.length() * times <= LONGEST_REPEATED;
        return isShort ? text.repeat(Math.max(0, times)) : UNSUPPORTED;
    }

    private static Object filled(String text, @Nullable Object values) {
        List<?> each = values instanceof PythonElements elements && elements.isTuple()
                ? elements
                : Collections.singletonList(values);
        return PythonPlaces.percent(text, each).map(filled -> (Object) filled).orElse(UNSUPPORTED);
    }

    private static Object slice(List<@Nullable Object> values) {
        Object of = values.get(0);
        List<?> all =
                of instanceof String text ? PythonValues.characters(text) : of instanceof List<?> list ? list : null;
        boolean isPlain = (values.get(1) == null || values.get(1) instanceof Integer)
                && (values.get(2) == null || values.get(2) instanceof Integer)
                && values.get(3) == null;
        if (all == null || !isPlain) {
            return UNSUPPORTED;
        }
        int from = place(values.get(1), 0, all.size());
        int to = Math.max(from, place(values.get(2), all.size(), all.size()));
        List<?> part = all.subList(from, to);
        return of instanceof String
                ? String.join("", part.stream().map(String::valueOf).toList())
                : new ArrayList<>(part);
    }

    private static int place(@Nullable Object index, int otherwise, int size) {
        int place = index == null ? otherwise : (Integer) index;
        return Math.max(0, Math.min(size, place < 0 ? size + place : place));
    }
}
