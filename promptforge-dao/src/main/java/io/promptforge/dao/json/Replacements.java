package io.promptforge.dao.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.promptforge.dao.text.StorableText;
import org.jspecify.annotations.Nullable;

/** Replaces what cannot be represented, by the rules that {@link Json#storable(Object, long)} states. */
final class Replacements implements Misfits {
    /** Less than a {@link Json} can have, so that the result can become a part of another value. */
    static final int DEPTH = 100;

    static final int LONGEST_NAME = 1_000;

    @Override
    public int depth() {
        return DEPTH;
    }

    @Override
    public String text(String text, @Nullable Place place) {
        return StorableText.of(text);
    }

    /** Two keys may become equal. */
    @Override
    public String name(@Nullable Object key, ObjectNode object, @Nullable Place place) {
        String name = StorableText.of(Cut.text(shown(key), LONGEST_NAME));
        String free = name;
        for (int number = object.size(); object.has(free); number++) {
            free = name + '\uFFFD' + number;
        }
        return free;
    }

    @Override
    public JsonNode number(Number number, String problem, @Nullable Place place) {
        return text(number);
    }

    @Override
    public JsonNode tooDeep(@Nullable Place place) {
        return TextNode.valueOf("(nested deeper than " + DEPTH + " levels)");
    }

    @Override
    public boolean leavesOut(long bytes, @Nullable Place place) {
        return bytes > JsonLimits.TEXT_BYTES;
    }

    @Override
    public JsonNode other(Object value, int depth, @Nullable Place place, JavaValues values) {
        return values.value(shown(value), depth, place);
    }

    private static JsonNode text(Object value) {
        return TextNode.valueOf(StorableText.of(shown(value)));
    }

    /** Its text; the name of its class if it has none. */
    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        try {
            return String.valueOf(value instanceof Enum<?> constant ? constant.name() : value.toString());
        } catch (RuntimeException e) {
            return "(a " + value.getClass().getName() + " without a text)";
        }
    }
}
