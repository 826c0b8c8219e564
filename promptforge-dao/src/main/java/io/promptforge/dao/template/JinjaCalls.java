package io.promptforge.dao.template;

import static io.promptforge.dao.template.JinjaOperator.UNSUPPORTED;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions of Jinja, and the methods of Python's texts and dictionaries. */
final class JinjaCalls {
    private static final int LONGEST_RANGE = 100_000;

    private JinjaCalls() {}

    static Object function(String name, List<@Nullable Object> values, Map<String, @Nullable Object> options) {
        boolean isNumbers = values.stream().allMatch(Integer.class::isInstance);
        if (name.equals("range") && options.isEmpty() && isNumbers && !values.isEmpty() && values.size() <= 2) {
            int from = values.size() == 1 ? 0 : (Integer) values.get(0);
            return range(from, (Integer) values.get(values.size() - 1));
        }
        // dict() copies; the members of namespace() can be set
        return List.of("namespace", "dict").contains(name) && values.isEmpty()
                ? new LinkedHashMap<>(options)
                : UNSUPPORTED;
    }

    private static Object range(int from, int to) {
        if ((long) to - from > LONGEST_RANGE) {
            return UNSUPPORTED;
        }
        List<Integer> numbers = new ArrayList<>();
        for (int i = from; i < to; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    static @Nullable Object method(String name, List<@Nullable Object> values) {
        Object of = values.get(0);
        List<@Nullable Object> arguments = values.subList(1, values.size());
        if (of instanceof String text) {
            return ofText(name, text, arguments);
        }
        return of instanceof Map<?, ?> map ? ofMap(name, map, arguments) : UNSUPPORTED;
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
            case "items" -> items(map);
            case "keys" -> new ArrayList<>(map.keySet());
            case "values" -> new ArrayList<>(map.values());
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
            items.add(item);
        });
        return items;
    }

    private static Object ofText(String name, String text, List<@Nullable Object> arguments) {
        if (arguments.size() == 1 && arguments.get(0) instanceof String other) {
            return switch (name) {
                case "startswith" -> text.startsWith(other);
                case "endswith" -> text.endsWith(other);
                default -> UNSUPPORTED;
            };
        }
        if (!arguments.isEmpty()) {
            return UNSUPPORTED;
        }
        return switch (name) {
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "strip" -> text.strip();
            default -> UNSUPPORTED;
        };
    }
}
