package io.promptforge.dao.internal.write;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an edit sets, and what it was made from. Immutable; a half-made one can be shared.
 *
 * @param values the new values by column; a column that is not named stays as it is
 * @param expected the values that these columns must still have
 */
public record LegacyChanges(Map<String, @Nullable Object> values, Map<String, Object> expected) {
    private static final LegacyChanges NONE = new LegacyChanges(Map.of(), Map.of());

    /** No change. */
    public static LegacyChanges none() {
        return NONE;
    }

    /** The same, and this column set. */
    public LegacyChanges set(String column, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
        more.put(column, value);
        return new LegacyChanges(Collections.unmodifiableMap(more), expected);
    }

    /** The same, but only while this column has this value. */
    public LegacyChanges expecting(String column, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(expected);
        more.put(column, value);
        return new LegacyChanges(values, Collections.unmodifiableMap(more));
    }

    /** The columns, without the values. */
    @Override
    public String toString() {
        return "Changes of " + values.keySet();
    }
}
