package io.promptforge.dao.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** How many bytes a JSON value takes as text and as jsonb, without writing it. */
final class JsonSize {
    /** PostgreSQL stores a value that is neither an object nor an array as the only element of an array. */
    static final long HEADS_OF_SCALAR = 8;

    private JsonSize() {}

    /** The bytes in UTF-8 of the text that PostgreSQL writes: with a space behind each separator, numbers without exponents. */
    static long ofText(JsonNode node) {
        if (node.isTextual()) {
            return ofText(node.textValue());
        }
        if (node.isNumber()) {
            // its sign and point too
            return 2 + JsonLimits.digits(node.decimalValue());
        }
        if (!node.isContainerNode()) {
            return node.asText().length();
        }
        long bytes = 2 + 2L * node.size();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            bytes += ofText(member.getKey()) + 2;
        }
        for (JsonNode part : node) {
            bytes += ofText(part);
        }
        return bytes;
    }

    /**
     * An upper bound of the bytes of the jsonb: heads of four bytes, texts in UTF-8, and four digits in two bytes. Equal for equal values,
     * whatever the notation of their numbers.
     */
    static long ofJsonb(JsonNode node) {
        return ofPart(node) + (node.isContainerNode() ? 0 : HEADS_OF_SCALAR);
    }

    /** The same for a part of a value. */
    static long ofPart(JsonNode node) {
        if (node.isTextual()) {
            return 4 + utf8(node.textValue());
        }
        if (node.isNumber()) {
            long digits = JsonLimits.digits(node.decimalValue().stripTrailingZeros());
            return 4 + 3 + 8 + 2 * (digits / 4 + 2);
        }
        if (!node.isContainerNode()) {
            return 4;
        }
        long bytes = 4 + 3 + 4;
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            bytes += 4 + utf8(member.getKey());
        }
        for (JsonNode part : node) {
            bytes += ofPart(part);
        }
        return bytes;
    }

    static long ofText(String text) {
        long bytes = 2 + utf8(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ') {
                bytes += "\b\t\n\f\r".indexOf(c) < 0 ? 5 : 1;
            } else if (c == '"' || c == '\\') {
                bytes++;
            }
        }
        return bytes;
    }

    private static long utf8(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // The two halves of a pair take four bytes together.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
