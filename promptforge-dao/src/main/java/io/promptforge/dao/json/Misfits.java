package io.promptforge.dao.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a part of a Java value that JSON or PostgreSQL cannot represent: it is refused, or replaced. The place of a part is
 * null for the value itself.
 */
interface Misfits {

    /** How deep a value can be nested. */
    int depth();

    /** A text, which may have characters that PostgreSQL cannot store. */
    String text(String text, @Nullable Place place);

    /** The name of a member that is about to be added to an object. */
    String name(@Nullable Object key, ObjectNode object, @Nullable Place place);

    /** NaN, infinity, or a number with too many digits; the problem follows "The value". */
    JsonNode number(Number number, String problem, @Nullable Place place);

    /** A container that is nested too deep. */
    JsonNode tooDeep(@Nullable Place place);

    /** Whether further parts are left out, after so many bytes of text. */
    boolean leavesOut(long bytes, @Nullable Place place);

    /** A value of a type that has no form in JSON by itself. */
    JsonNode other(Object value, int depth, @Nullable Place place, JavaValues values);
}
