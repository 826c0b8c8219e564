package io.promptforge.dao.template;

import static io.promptforge.dao.template.JinjaOperator.UNSUPPORTED;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions of Jinja, and the methods of Python's dictionaries and lists. */
final class JinjaCalls {
    private static final int LONGEST_RANGE = 100_000;

    private JinjaCalls() {}

    static Object function(String name, List<@Nullable Object> values, Map<String, @Nullable Object> options) {
        boolean isNumbers = values.stream().allMatch(Integer.class::isInstance);
        if (name.equals("range") && options.isEmpty() && isNumbers && !values.isEmpty() && values.size() <= 3) {
            int from = values.size() == 1 ? 0 : (Integer) values.get(0);
            return range(
                    from,
                    (Integer) values.get(values.size() == 1 ? 0 : 1),
                    values.size() == 3 ? (Integer) values.get(2) : 1);
        }
        // dict() copies; the members of namespace() can be set
        return List.of("namespace", "dict").contains(name) && values.isEmpty()
                ? new LinkedHashMap<>(options)
                : UNSUPPORTED;
    }

    private static Object range(int from, int to, int step) {
        if (step == 0 || Math.abs(((long) to - from) / step) > LONGEST_RANGE) {
            return UNSUPPORTED;
        }
        List<Integer> numbers = new ArrayList<>();
        for (long i = from; step > 0 ? i < to : i > to; i += step) {
            numbers.add((int) i);
        }
        return PythonElements.iterator(numbers);
    }

    static @Nullable Object method(String name, List<@Nullable Object> values, Map<String, @Nullable Object> options) {
        Object of = values.get(0);
        List<@Nullable Object> arguments = values.subList(1, values.size());
        if (of instanceof String text) {
            return PythonMethods.ofText(name, text, arguments, options);
        }
        if (!options.isEmpty()) {
            return UNSUPPORTED;
        }
        return of instanceof Map<?, ?> map
                ? ofMap(name, map, arguments)
                : of instanceof List<?> list ? ofList(name, list, arguments) : UNSUPPORTED;
    }

    private static @Nullable Object ofMap(String name, Map<?, ?> map, List<@Nullable Object> arguments) {
        if (name.equals("get") && (arguments.size() == 1 || arguments.size() == 2)) {
            Object otherwise = arguments.size() == 2 ? arguments.get(1) : null;
            return map.containsKey(arguments.get(0)) ? map.get(arguments.get(0)) : otherwise;
        }
        if (name.equals("cycle") && map.get("index0") instanceof Integer index && !arguments.isEmpty()) {
            return arguments.get(index % arguments.size());
        }
        if (!arguments.isEmpty()) {
            return UNSUPPORTED;
        }
        return switch (name) {
            case "items" -> PythonElements.iterator(items(map));
            case "keys" -> PythonElements.iterator(new ArrayList<>(map.keySet()));
            case "values" -> PythonElements.iterator(new ArrayList<>(map.values()));
            default -> UNSUPPORTED;
        };
    }

    /** Pairs of the names and values. */
    static List<Object> items(Map<?, ?> map) {
        List<Object> items = new ArrayList<>();
        map.forEach((key, value) -> {
            List<@Nullable Object> item = new ArrayList<>();
            item.add(key);
            item.add(value);
            items.add(PythonElements.tuple(item));
        });
        return items;
    }

    @SuppressWarnings("unchecked") // lists of the template take every value
    private static @Nullable Object ofList(String name, List<?> list, List<@Nullable Object> arguments) {
        if (arguments.size() != 1) {
            return UNSUPPORTED;
        }
        Object value = arguments.get(0);
        return switch (name) {
            case "count" ->
                (int) list.stream()
                        .filter(element -> PythonValues.areEqual(element, value))
                        .count();
            case "append" -> {
                // lists in lists in lists could grow without end
                boolean isFlat = PythonValues.elements(value).isEmpty()
                        || value instanceof String
                        || (value instanceof Map<?, ?> map
                                && map.values().stream().noneMatch(JinjaCalls::isNested))
                        || (value instanceof List<?> elements
                                && elements.stream().noneMatch(JinjaCalls::isNested));
                if (!isFlat || list instanceof PythonElements) {
                    yield UNSUPPORTED;
                }
                ((List<@Nullable Object>) list).add(value);
                yield null;
            }
            default -> UNSUPPORTED;
        };
    }

    private static boolean isNested(@Nullable Object value) {
        return value instanceof List || value instanceof Map;
    }
}
