package io.promptforge.dao.template;

import static io.promptforge.dao.template.JinjaOperator.UNSUPPORTED;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The filters of lists, and of what else a loop can go through. */
final class JinjaListFilters {
    private static final int MOST_CELLS = 1_000_000;

    private JinjaListFilters() {}

    static @Nullable Object apply(String name, @Nullable Object value, JinjaArguments arguments) {
        Optional<List<?>> elements = PythonValues.elements(value);
        if (elements.isEmpty()) {
            return UNSUPPORTED;
        }
        return switch (name) {
            case "join" -> arguments.areOf("d", "attribute") ? join(elements.get(), arguments) : UNSUPPORTED;
            case "sum" -> arguments.areOf("attribute", "start") ? sum(elements.get(), arguments) : UNSUPPORTED;
            case "batch" -> arguments.areOf("linecount", "fill_with") ? batch(elements.get(), arguments) : UNSUPPORTED;
            case "sort", "dictsort", "unique", "min", "max" ->
                JinjaSorting.apply(name, value, elements.get(), arguments);
            case "map", "select", "reject", "selectattr", "rejectattr" ->
                JinjaSelection.apply(name, elements.get(), arguments);
            default -> arguments.areOf() ? simple(name, value, elements.get()) : UNSUPPORTED;
        };
    }

    private static @Nullable Object simple(String name, @Nullable Object value, List<?> elements) {
        return switch (name) {
            case "length", "count" -> elements.size();
            case "first" -> PythonValues.member(elements, 0, "an element of an empty list");
            case "last" -> PythonValues.member(elements, -1, "an element of an empty list");
            case "list" -> new ArrayList<>(elements);
            case "items" ->
                value instanceof Map<?, ?> map ? PythonElements.iterator(JinjaCalls.items(map)) : UNSUPPORTED;
            case "reverse" -> reversed(value, elements);
            default -> UNSUPPORTED;
        };
    }

    private static Object reversed(@Nullable Object value, List<?> elements) {
        List<@Nullable Object> reversed = new ArrayList<>(elements);
        Collections.reverse(reversed);
        return value instanceof String
                ? String.join("", reversed.stream().map(String::valueOf).toList())
                : PythonElements.iterator(reversed);
    }

    private static Object join(List<?> elements, JinjaArguments arguments) {
        Object attribute = arguments.get(1, "attribute", null);
        List<String> texts = new ArrayList<>();
        for (Object element : elements) {
            Object member = attribute == null ? element : JinjaSelection.member(element, attribute);
            Optional<String> text = PythonValues.text(member);
            if (text.isEmpty()) {
                return member instanceof Undefined ? member : UNSUPPORTED;
            }
            texts.add(text.get());
        }
        return PythonValues.text(arguments.get(0, "d", ""))
                .map(between -> (Object) String.join(between, texts))
                .orElse(UNSUPPORTED);
    }

    private static @Nullable Object sum(List<?> elements, JinjaArguments arguments) {
        Object attribute = arguments.get(0, "attribute", null);
        Object sum = arguments.get(1, "start", 0);
        for (Object element : elements) {
            Object member = attribute == null ? element : JinjaSelection.member(element, attribute);
            if (member instanceof Undefined) {
                return member;
            }
            sum = JinjaArithmetic.apply("+", sum, member);
        }
        return sum;
    }

    private static Object batch(List<?> elements, JinjaArguments arguments) {
        int size = arguments.count(0, "linecount", 0);
        Object filler = arguments.get(1, "fill_with", null);
        if (size < 1 || size > MOST_CELLS) {
            return UNSUPPORTED;
        }
        List<Object> batches = new ArrayList<>();
        for (int i = 0; i < elements.size(); i += size) {
            List<@Nullable Object> batch = new ArrayList<>(elements.subList(i, Math.min(elements.size(), i + size)));
            while (filler != null && batch.size() < size) {
                batch.add(filler);
            }
            batches.add(batch);
        }
        return PythonElements.iterator(batches);
    }
}
