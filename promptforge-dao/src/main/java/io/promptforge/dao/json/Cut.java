package io.promptforge.dao.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/** Cuts a value to a size, by the rules that {@link Json#storable(Object, int)} states. Every cut leaves a note. */
final class Cut {
    private static final String COUNT = "promptforge.dropped_count";
    private static final int MANY_BYTES = 65_536;
    private static final int KEPT_CHARACTERS = 10_000;

    /** Room for a note. */
    private static final int BYTES_OF_NOTE = 200;

    private Cut() {}

    static JsonNode to(JsonNode node, long most) {
        long room = node.isContainerNode() ? most : most - JsonSize.HEADS_OF_SCALAR;
        if (size(node) <= room) {
            return node;
        }
        if (node.isObject()) {
            return object(node, most - BYTES_OF_NOTE);
        }
        return node.isArray() ? array(node, most - BYTES_OF_NOTE) : text(node.asText(), room);
    }

    /** The text up to this many characters, as PostgreSQL counts them. */
    static String text(String text, int most) {
        return text.length() <= most || text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }

    /** Half of the text at least, so that the text of what fits a column is never too big for a {@link Json}. */
    private static long size(JsonNode node) {
        return Math.max(JsonSize.ofPart(node), JsonSize.ofText(node) / 2 + 1);
    }

    private static JsonNode object(JsonNode object, long most) {
        ObjectNode kept = new ObjectNode(JsonNodeFactory.instance);
        long left = most;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            JsonNode value = shortened(member.getValue());
            long size = size(TextNode.valueOf(member.getKey())) + size(value);
            if (size <= left) {
                kept.set(member.getKey(), value);
                left -= size;
            }
        }
        if (kept.size() < object.size()) {
            kept.put(COUNT, object.size() - kept.size());
        }
        return kept;
    }

    private static JsonNode array(JsonNode array, long most) {
        ArrayNode kept = new ArrayNode(JsonNodeFactory.instance);
        long left = most;
        for (JsonNode element : array) {
            JsonNode value = shortened(element);
            long size = size(value);
            if (size <= left) {
                kept.add(value);
                left -= size;
            }
        }
        if (kept.size() < array.size()) {
            ObjectNode note = new ObjectNode(JsonNodeFactory.instance);
            kept.add(note.set(COUNT, IntNode.valueOf(array.size() - kept.size())));
        }
        return kept;
    }

    private static JsonNode text(String text, long most) {
        JsonNode cut = noted(text, (int) most);
        for (long characters = most; size(cut) > most; characters = characters * 3 / 4) {
            cut = noted(text, (int) characters);
        }
        return cut;
    }

    /** A big value with its long texts cut; a note where that is not enough. */
    private static JsonNode shortened(JsonNode value) {
        if (size(value) <= MANY_BYTES) {
            return value;
        }
        JsonNode shorter = withShortTexts(value);
        return size(shorter) <= MANY_BYTES ? shorter : TextNode.valueOf("(left out: up to " + size(value) + " bytes)");
    }

    private static JsonNode withShortTexts(JsonNode value) {
        if (value.isTextual()) {
            return noted(value.textValue(), KEPT_CHARACTERS);
        }
        if (value.isObject()) {
            ObjectNode shorter = new ObjectNode(JsonNodeFactory.instance);
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                shorter.set(member.getKey(), withShortTexts(member.getValue()));
            }
            return shorter;
        }
        if (value.isArray()) {
            ArrayNode shorter = new ArrayNode(JsonNodeFactory.instance);
            value.forEach(element -> shorter.add(withShortTexts(element)));
            return shorter;
        }
        return value;
    }

    private static JsonNode noted(String text, int most) {
        String cut = text(text, most);
        return TextNode.valueOf(
                cut.length() == text.length()
                        ? text
                        : cut + "… (cut: it had " + text.codePointCount(0, text.length()) + " characters)");
    }
}
