package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.text.StorableText;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Attributes, from which those that a field keeps are removed; the rest is stored as attributes. Not thread-safe. */
final class Attributes {
    private static final int LONGEST_NAME = 1_000;
    private static final int ROOM_FOR_NUMBER = 20;

    private final Map<String, @Nullable Object> left;

    /** The attributes whose members were asked for, as objects and arrays. */
    private final Map<String, Object> documents = new HashMap<>();

    private Attributes(Map<String, @Nullable Object> left) {
        this.left = left;
    }

    /** These attributes, with names and values that can be stored. */
    static Attributes of(Map<?, ?> given) {
        Attributes attributes = new Attributes(new LinkedHashMap<>());
        given.forEach((name, value) ->
                attributes.put(TextLimits.cut(StorableText.of(String.valueOf(name)), LONGEST_NAME), value));
        return attributes;
    }

    /** Attributes of which some can be removed without removing them here. */
    Attributes copy() {
        return new Attributes(new LinkedHashMap<>(left));
    }

    /** The value of the source; null if there is none. */
    @Nullable Object value(Source source) {
        if (source.isFlattened()) {
            return FlattenedList.of(parts(source));
        }
        Object value = left.get(source.attribute());
        if (value == null || source.members().isEmpty()) {
            return value;
        }
        Object at = documents.computeIfAbsent(source.attribute(), name -> AttributeParsers.tree(value));
        for (String member : source.members()) {
            at = at instanceof Map<?, ?> map
                    ? map.get(member)
                    : at instanceof List<?> list ? element(list, member) : null;
        }
        return at;
    }

    /** Removes the attributes of the source; a member stays, since its attribute has others, too. */
    void remove(Source source) {
        if (source.isFlattened()) {
            parts(source).keySet().forEach(part -> left.remove(source.attribute() + "." + part));
        } else if (source.members().isEmpty()) {
            left.remove(source.attribute());
        }
    }

    /** Removes the attributes of such names. */
    void removeIf(Predicate<String> isRemoved) {
        left.keySet().removeIf(isRemoved);
    }

    /** The attributes whose names begin so, by the rest of their names. */
    Map<String, @Nullable Object> withPrefix(String prefix) {
        Map<String, @Nullable Object> found = new LinkedHashMap<>();
        left.forEach((name, value) -> {
            if (name.length() > prefix.length() && name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /** Adds an attribute, unless there is one of this name. */
    void add(String name, @Nullable Object value) {
        if (!left.containsKey(name)) {
            put(name, value);
        }
    }

    /** The attributes that are left. */
    Map<String, @Nullable Object> left() {
        return Collections.unmodifiableMap(left);
    }

    /** The attributes that are left, cut to this number of bytes. */
    Json rest(int mostBytes) {
        return Json.storable(left, mostBytes);
    }

    /** Under a numbered name if it is taken: two names may have become equal. */
    private void put(String name, @Nullable Object value) {
        String free = name;
        for (int number = left.size(); left.containsKey(free); number++) {
            free = TextLimits.cut(name, LONGEST_NAME - ROOM_FOR_NUMBER) + '\uFFFD' + number;
        }
        left.put(free, Json.storable(value).toJava());
    }

    private Map<String, @Nullable Object> parts(Source source) {
        Map<String, @Nullable Object> parts = withPrefix(source.attribute() + ".");
        parts.keySet().removeIf(part -> !FlattenedList.startsWithPlace(part));
        return parts;
    }

    private static @Nullable Object element(List<?> list, String place) {
        return FlattenedList.isPlace(place) && Integer.parseInt(place) < list.size()
                ? list.get(Integer.parseInt(place))
                : null;
    }
}
