package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Attributes of which those that find a column are taken away; the rest is stored as it is. For one thread. */
final class Attributes {
    private final Map<String, @Nullable Object> left;

    private Attributes(Map<String, @Nullable Object> left) {
        this.left = left;
    }

    /** All of these, with plain values. */
    static Attributes of(Map<String, ?> given) {
        return new Attributes(PlainValues.of(given));
    }

    /** The first of these attributes that the reader can read, else null; it is taken away. */
    <T> @Nullable T lift(List<String> names, Function<Object, @Nullable T> reader) {
        for (String name : names) {
            T read = read(name, reader);
            if (read != null) {
                left.remove(name);
                return read;
            }
        }
        return null;
    }

    /** The same, which stays. */
    <T> @Nullable T peek(List<String> names, Function<Object, @Nullable T> reader) {
        for (String name : names) {
            T read = read(name, reader);
            if (read != null) {
                return read;
            }
        }
        return null;
    }

    private <T> @Nullable T read(String name, Function<Object, @Nullable T> reader) {
        Object value = left.get(name);
        return value == null ? null : reader.apply(value);
    }

    /** The attributes that a list of objects was flattened to, such as {@code name.0.key}; null if there are none. */
    <T> @Nullable T liftFlattened(List<String> names, Function<Object, @Nullable T> reader) {
        for (String name : names) {
            Map<String, @Nullable Object> parts = new LinkedHashMap<>();
            left.forEach((attribute, value) -> {
                if (attribute.startsWith(name + ".") && FlattenedList.isPlace(attribute, name.length() + 1)) {
                    parts.put(attribute.substring(name.length() + 1), value);
                }
            });
            Object list = FlattenedList.of(parts);
            T read = list == null ? null : reader.apply(list);
            if (read != null) {
                parts.keySet().forEach(part -> left.remove(name + "." + part));
                return read;
            }
        }
        return null;
    }

    /** Takes attributes away whose values were read. */
    void remove(List<String> names) {
        names.forEach(left::remove);
    }

    /** Adds what has no column and no attribute of its own, unless there is an attribute of this name. */
    void add(String name, @Nullable Object value) {
        left.putAll(PlainValues.of(left.containsKey(name) ? Map.of() : Collections.singletonMap(name, value)));
    }

    /** What is left, in no more than this many bytes. */
    Json rest(long mostBytes) {
        return JsonbLimits.object(left, mostBytes);
    }
}
