package io.promptforge.dao.opentelemetry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Restores a list of objects that was flattened into attributes, which cannot hold objects: {@code 0.role}, {@code 0.content},
 * {@code 1.role} and so on. OpenInference and OpenLLMetry flatten messages and documents in this way. SDKs cut spans of many
 * attributes: elements that are missing are skipped, those behind them kept.
 */
final class FlattenedList {
    private static final Pattern PLACE = Pattern.compile("0|[1-9][0-9]{0,7}");
    private static final int MOST_LEVELS = 20;

    private FlattenedList() {}

    /** Whether this is the place of an element. */
    static boolean isPlace(String name) {
        return PLACE.matcher(name).matches();
    }

    /** Whether a name begins with the place of an element; {@code name} of {@code gen_ai.prompt.name} does not. */
    static boolean startsWithPlace(String name) {
        int dot = name.indexOf('.');
        return isPlace(dot < 0 ? name : name.substring(0, dot));
    }

    /** The list; null if the attributes are not those of exactly one list. */
    static @Nullable List<@Nullable Object> of(Map<String, @Nullable Object> parts) {
        Branch root = new Branch();
        for (Map.Entry<String, @Nullable Object> part : parts.entrySet()) {
            if (!root.put(List.of(part.getKey().split("\\.", -1)), part.getValue())) {
                return null;
            }
        }
        return root.isList() ? root.list() : null;
    }

    /** The attributes whose names have a common beginning. */
    private static final class Branch {
        private final Map<String, @Nullable Object> children =
                new TreeMap<>(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));

        /** Returns false if there is already a value in this place or on the way to it. */
        boolean put(List<String> path, @Nullable Object value) {
            if (path.size() == 1) {
                boolean free = !children.containsKey(path.get(0));
                children.put(path.get(0), value);
                return free;
            }
            if (!children.containsKey(path.get(0))) {
                children.put(path.get(0), new Branch());
            }
            Object child = children.get(path.get(0));
            return path.size() <= MOST_LEVELS
                    && child instanceof Branch branch
                    && branch.put(path.subList(1, path.size()), value);
        }

        boolean isList() {
            return !children.isEmpty() && children.keySet().stream().allMatch(FlattenedList::isPlace);
        }

        /** The elements by their places, since shorter numbers come first. */
        List<@Nullable Object> list() {
            List<@Nullable Object> list = new ArrayList<>();
            children.values().forEach(child -> list.add(plain(child)));
            return list;
        }

        private Map<String, @Nullable Object> object() {
            Map<String, @Nullable Object> object = new TreeMap<>();
            children.forEach((name, child) -> object.put(name, plain(child)));
            return object;
        }

        private static @Nullable Object plain(@Nullable Object child) {
            return child instanceof Branch branch ? branch.isList() ? branch.list() : branch.object() : child;
        }
    }
}
