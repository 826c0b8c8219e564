package io.promptforge.dao.prompt;

import io.promptforge.dao.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Which names a JSON Schema has for the variables of a prompt: the members that one of its parts knows. The parts are the schema, those
 * it is composed of (allOf, anyOf, oneOf, if, then, else, dependentSchemas, dependencies), and those that these refer to (#/…).
 *
 * <p>Stricter than JSON Schema in one thing: a schema with properties allows no others, unless it says so.
 */
final class VariablesSchema {
    private final @Nullable Object root;
    private final Deque<Part> unread = new ArrayDeque<>();
    private final Set<Part> read = new HashSet<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> required = new HashSet<>();
    private final Map<String, @Nullable Object> defaults = new LinkedHashMap<>();
    private final List<Pattern> patterns = new ArrayList<>();
    private boolean hasNames;
    private boolean hasRequired;
    private boolean allowsOthers;

    private VariablesSchema(@Nullable Object root) {
        this.root = root;
    }

    static VariablesSchema of(Json json) {
        VariablesSchema schema = new VariablesSchema(json.toJava());
        schema.add(schema.root, true);
        while (!schema.unread.isEmpty()) {
            schema.read(schema.unread.remove());
        }
        return schema;
    }

    /** The names that it declares, in the order of their first mention. */
    List<String> names() {
        return List.copyOf(names);
    }

    /** Whether every name is allowed. */
    boolean isOpen() {
        return allowsOthers || !hasNames;
    }

    /** Whether a path into a variable is allowed: {@code a.b.c} if a.b.c, a.b or a is. */
    boolean allows(String path) {
        return isOpen() || wholes(path).stream().anyMatch(this::isKnown);
    }

    /** Whether a name is declared, by itself or by a pattern. */
    boolean isKnown(String name) {
        return names.contains(name) || patterns.stream().anyMatch(pattern -> BoundedText.isFound(pattern, name));
    }

    /** The declared names that need no value: the schema says what is required, and they are not. */
    Set<String> optional() {
        Set<String> optional = new HashSet<>(hasRequired ? names : Set.of());
        optional.removeAll(required);
        return optional;
    }

    /** The values of names that have a {@code default}. */
    Map<String, @Nullable Object> defaults() {
        return defaults;
    }

    /** The name and the variables that it may be a path into: a.b.c, a.b, a. */
    static List<String> wholes(String path) {
        List<String> wholes = new ArrayList<>();
        for (int end = path.length(); end > 0; end = path.lastIndexOf('.', end - 1)) {
            wholes.add(path.substring(0, end));
        }
        return wholes;
    }

    /** Adds a part; {@code true} and {@code false} name nothing. */
    private void add(@Nullable Object schema, boolean holdsAlways) {
        if (schema instanceof Map<?, ?> members) {
            Part part = new Part(members, holdsAlways);
            if (read.add(part)) {
                unread.add(part);
            }
        }
    }

    private void read(Part part) {
        Map<?, ?> schema = part.schema();
        readNames(schema);
        readRequired(schema, part.holdsAlways());
        for (String others : List.of("additionalProperties", "unevaluatedProperties")) {
            if (schema.containsKey(others)) {
                allowsOthers |= !Boolean.FALSE.equals(schema.get(others));
                hasNames = true;
            }
        }
        elements(schema.get("allOf")).forEach(of -> add(of, part.holdsAlways()));
        List.of("anyOf", "oneOf").forEach(key -> elements(schema.get(key)).forEach(of -> add(of, false)));
        List.of("if", "then", "else").forEach(key -> add(schema.get(key), false));
        List.of("dependentSchemas", "dependencies")
                .forEach(key -> members(schema.get(key)).values().forEach(of -> add(of, false)));
        List.of("$ref", "$dynamicRef").forEach(key -> readReference(schema.get(key), part.holdsAlways()));
    }

    private void readNames(Map<?, ?> schema) {
        hasNames |= schema.containsKey("properties") || schema.containsKey("patternProperties");
        members(schema.get("properties")).forEach((name, of) -> {
            if (!Boolean.FALSE.equals(of)) {
                names.add(String.valueOf(name));
            }
            if (of instanceof Map<?, ?> property && property.containsKey("default")) {
                defaults.put(String.valueOf(name), property.get("default"));
            }
        });
        members(schema.get("patternProperties")).keySet().forEach(pattern -> addPattern(String.valueOf(pattern)));
        List.of("dependentRequired", "dependencies")
                .forEach(key -> members(schema.get(key)).forEach((name, others) -> {
                    names.add(String.valueOf(name));
                    elements(others).forEach(other -> names.add(String.valueOf(other)));
                }));
    }

    private void readRequired(Map<?, ?> schema, boolean holdsAlways) {
        hasRequired |= schema.containsKey("required");
        for (Object name : elements(schema.get("required"))) {
            names.add(String.valueOf(name));
            if (holdsAlways) {
                required.add(String.valueOf(name));
            }
        }
    }

    private void addPattern(String pattern) {
        try {
            patterns.add(Pattern.compile(pattern));
        } catch (PatternSyntaxException e) {
            allowsOthers = true; // of another dialect of regular expressions
        }
    }

    private void readReference(@Nullable Object reference, boolean holdsAlways) {
        if (reference instanceof String pointer) {
            Optional<Object> target = target(pointer);
            target.ifPresentOrElse(of -> add(of, holdsAlways), () -> allowsOthers = true);
        }
    }

    /** What a reference within the document points to; empty for one to elsewhere. */
    private Optional<Object> target(String pointer) {
        if (!pointer.equals("#") && !pointer.startsWith("#/")) {
            return Optional.empty();
        }
        Object target = root;
        for (String part :
                pointer.length() <= 2 ? new String[0] : pointer.substring(2).split("/", -1)) {
            String name = part.replace("~1", "/").replace("~0", "~");
            target =
                    target instanceof List<?> list && name.matches("[0-9]{1,9}") && Integer.parseInt(name) < list.size()
                            ? list.get(Integer.parseInt(name))
                            : members(target).get(name);
        }
        return Optional.ofNullable(target);
    }

    private static Map<?, ?> members(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> elements(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /**
     * A part of the schema, equal only to itself: references may lead to it again.
     *
     * @param schema the part
     * @param holdsAlways whether all documents have to meet it, so that what it requires is required
     */
    private record Part(Map<?, ?> schema, boolean holdsAlways) {
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(@Nullable Object other) {
            return other instanceof Part part && part.schema == schema && part.holdsAlways == holdsAlways;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(schema);
        }
    }
}
