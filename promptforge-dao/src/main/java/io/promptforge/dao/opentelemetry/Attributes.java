package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Attributes, from which those that have a column are removed; the rest is stored as attributes. Not thread-safe. */
final class Attributes {
    private final Map<String, @Nullable Object> left;

    private Attributes(Map<String, @Nullable Object> left) {
        this.left = left;
    }

    /** These attributes, with plain values. */
    static Attributes of(Map<String, ?> given) {
        return new Attributes(PlainValues.of(given));
    }

    /** Parses and removes the first of these attributes that the parser accepts; null if there is none. */
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

    /** Parses the first of these attributes that the parser accepts, without removing it; null if there is none. */
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

    /** Parses and removes the first list that was flattened to attributes such as {@code name.0.key}; null if there is none. */
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

    /** Removes attributes that were parsed. */
    void remove(List<String> names) {
        names.forEach(left::remove);
    }

    /** Adds an attribute, unless there is one of this name. */
    void add(String name, @Nullable Object value) {
        left.putAll(PlainValues.of(left.containsKey(name) ? Map.of() : Collections.singletonMap(name, value)));
    }

    /** The remaining attributes, cut to this number of bytes. */
    Json rest(long mostBytes) {
        return JsonbLimits.object(left, mostBytes);
    }
}
