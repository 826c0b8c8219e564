package io.promptforge.dao.template;

import io.promptforge.dao.error.InvalidValueException;
import java.util.LinkedHashSet;
import java.util.Set;

/** The text that a template becomes. Bounded, because a short template with loops inside loops may become anything. */
final class Rendering {
    static final int MOST_CHARACTERS = 32 << 20;
    private static final int MOST_STEPS = 10_000_000;

    private final StringBuilder text = new StringBuilder();
    private final Set<String> missing = new LinkedHashSet<>();
    private final Set<String> optional;
    private int steps;

    /**
     * A text to be written.
     *
     * @param optional the variables for which nothing is written if they have no value
     */
    Rendering(Set<String> optional) {
        this.optional = optional;
    }

    void append(String part) {
        step();
        if (text.length() + (long) part.length() > MOST_CHARACTERS) {
            throw tooLong();
        }
        text.append(part);
    }

    /** Notes a variable, or a member of one, that has no value; returns false if it needs none. */
    boolean missing(String path) {
        boolean isMissing = !optional.contains(path.split("\\.", 2)[0]);
        if (isMissing) {
            missing.add(path);
        }
        return isMissing;
    }

    /** Counts one step of a loop. */
    void step() {
        steps++;
        if (steps > MOST_STEPS) {
            throw tooLong();
        }
    }

    /** The text that a part writes, which is not written here. */
    String captured(Runnable part) {
        int start = text.length();
        part.run();
        String captured = text.substring(start);
        text.setLength(start);
        return captured;
    }

    Set<String> missing() {
        return missing;
    }

    String text() {
        return text.toString();
    }

    static InvalidValueException tooLong() {
        return new InvalidValueException(
                "values",
                "With these values, the text of the template is too long or too deep.",
                "It takes at most 10,000,000 steps and 32 Mi characters.",
                null);
    }
}
