package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A place where two documents differ: a member or an element that was added (has only {@code after}), removed (has only
 * {@code before}) or replaced (has both).
 *
 * @param path the place, as a JSON Pointer (RFC 6901): {@code /properties/name/type}; empty for the whole document
 * @param before the value in the old document
 * @param after the value in the new document
 */
public record JsonChange(String path, Optional<Json> before, Optional<Json> after) {
    /** Refuses null with an {@link io.promptforge.dao.error.InvalidValueException}. */
    public JsonChange {
        Check.present("path", path);
        Check.present("before", before);
        Check.present("after", after);
    }

    /**
     * The changes that lead from one document to another when they are applied in their order. Objects are compared member by
     * member, in the order of the names; arrays element by element. Elements are added and removed at the end of an array; of
     * several removed ones, the last comes first.
     */
    public static List<JsonChange> between(Json before, Json after) {
        List<JsonChange> changes = new ArrayList<>();
        compare(
                "",
                Check.present("before", before).toJava(),
                Check.present("after", after).toJava(),
                changes);
        return List.copyOf(changes);
    }

    private static void compare(
            String path, @Nullable Object before, @Nullable Object after, List<JsonChange> changes) {
        if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now) {
            compareObjects(path, old, now, changes);
        } else if (before instanceof List<?> old && after instanceof List<?> now) {
            compareArrays(path, old, now, changes);
        } else if (!Json.of(before).equals(Json.of(after))) {
            changes.add(new JsonChange(path, Optional.of(Json.of(before)), Optional.of(Json.of(after))));
        }
    }

    private static void compareObjects(String path, Map<?, ?> before, Map<?, ?> after, List<JsonChange> changes) {
        TreeSet<String> names = new TreeSet<>();
        before.keySet().forEach(name -> names.add((String) name));
        after.keySet().forEach(name -> names.add((String) name));
        for (String name : names) {
            String member = path + "/" + name.replace("~", "~0").replace("/", "~1");
            if (!after.containsKey(name)) {
                changes.add(removed(member, before.get(name)));
            } else if (!before.containsKey(name)) {
                changes.add(added(member, after.get(name)));
            } else {
                compare(member, before.get(name), after.get(name), changes);
            }
        }
    }

    private static void compareArrays(String path, List<?> before, List<?> after, List<JsonChange> changes) {
        int both = Math.min(before.size(), after.size());
        for (int i = 0; i < both; i++) {
            compare(path + "/" + i, before.get(i), after.get(i), changes);
        }
        for (int i = before.size() - 1; i >= both; i--) {
            changes.add(removed(path + "/" + i, before.get(i)));
        }
        for (int i = both; i < after.size(); i++) {
            changes.add(added(path + "/" + i, after.get(i)));
        }
    }

    private static JsonChange removed(String path, @Nullable Object value) {
        return new JsonChange(path, Optional.of(Json.of(value)), Optional.empty());
    }

    private static JsonChange added(String path, @Nullable Object value) {
        return new JsonChange(path, Optional.empty(), Optional.of(Json.of(value)));
    }
}
