package io.promptforge.dao.opentelemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Restores a list of objects that was flattened into attributes, which cannot hold objects: {@code 0.role}, {@code 0.content},
 * {@code 1.role} and so on. OpenInference and OpenLLMetry flatten messages and documents in this way.
 */
final class FlattenedList {
    private static final int MOST_LEVELS = 20;

    private FlattenedList() {}

    /** Whether a name has the place of an element at this position; {@code gen_ai.prompt.name} has none. */
    static boolean isPlace(String name, int start) {
        return start < name.length() && name.charAt(start) >= '0' && name.charAt(start) <= '9';
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
        private final Map<String, @Nullable Object> children = new TreeMap<>();

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
            return !children.isEmpty()
                    && IntStream.range(0, children.size())
                            .allMatch(place -> children.containsKey(String.valueOf(place)));
        }

        List<@Nullable Object> list() {
            List<@Nullable Object> list = new ArrayList<>();
            for (int place = 0; place < children.size(); place++) {
                list.add(plain(children.get(String.valueOf(place))));
            }
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
