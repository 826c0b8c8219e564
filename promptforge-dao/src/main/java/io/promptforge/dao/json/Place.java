package io.promptforge.dao.json;

import io.promptforge.dao.text.StorableText;
import org.jspecify.annotations.Nullable;

/**
 * Where a part of a value is.
 *
 * @param parent null for a part of the value itself
 * @param step the name of a member, or an index in brackets
 */
record Place(@Nullable Place parent, String step) {
    private static final int LONGEST_STEP = 50;
    private static final int MOST_STEPS = 10;

    static Place member(@Nullable Place parent, String name) {
        return new Place(parent, name);
    }

    static Place element(@Nullable Place parent, int index) {
        return new Place(parent, "[" + index + "]");
    }

    /** Such as {@code messages[3].content}; the last steps of a long way. */
    @Override
    public String toString() {
        StringBuilder path = new StringBuilder();
        int steps = 0;
        for (Place place = this; place != null; place = place.parent, steps++) {
            if (steps == MOST_STEPS) {
                return path.insert(0, "…").toString();
            }
            boolean follows = place.parent != null && !place.step.startsWith("[");
            path.insert(0, (follows ? "." : "") + shown(place.step));
        }
        return path.toString();
    }

    private static String shown(String step) {
        return step.length() <= LONGEST_STEP ? step : StorableText.of(step.substring(0, LONGEST_STEP)) + "…";
    }
}
