package io.promptforge.dao.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a filter, behind the value: by place or by name. */
record JinjaArguments(List<@Nullable Object> values, Map<String, @Nullable Object> options) {
    static JinjaArguments none() {
        return new JinjaArguments(List.of(), Map.of());
    }

    /** Whether there are no others than these, in this order. */
    boolean areOf(String... names) {
        return values.size() <= names.length
                && List.of(names).subList(values.size(), names.length).containsAll(options.keySet());
    }

    /** The argument at a place or with a name. */
    @Nullable Object get(int place, String name, @Nullable Object otherwise) {
        return place < values.size() ? values.get(place) : options.getOrDefault(name, otherwise);
    }

    /** A whole number that is not too great, such as a width; -1 for other values. */
    int count(int place, String name, int otherwise) {
        return get(place, name, otherwise) instanceof Integer count && count >= 0 && count <= 100_000 ? count : -1;
    }

    boolean isTrue(int place, String name) {
        return PythonValues.isTrue(get(place, name, false));
    }
}
