package io.promptforge.dao.opentelemetry;

import java.util.Arrays;
import java.util.List;

/**
 * Where a value comes from, in one of three notations: {@code a.b} is an attribute; {@code a.b->c->0} is a member of an attribute
 * that is a JSON object or array, or the text of one; {@code a.b.*} is the list that was flattened to attributes such as {@code
 * a.b.0.c}.
 *
 * @param attribute the attribute's name, or the beginning of the names of a flattened list
 * @param members the names and places on the way to a member; empty for the attribute itself
 * @param isFlattened whether it is a flattened list
 */
record Source(String attribute, List<String> members, boolean isFlattened) {
    private static final String LIST = ".*";

    static Source of(String notation) {
        if (notation.endsWith(LIST)) {
            return new Source(notation.substring(0, notation.length() - LIST.length()), List.of(), true);
        }
        List<String> path = Arrays.asList(notation.split("->", -1));
        return new Source(path.get(0), path.subList(1, path.size()), false);
    }
}
