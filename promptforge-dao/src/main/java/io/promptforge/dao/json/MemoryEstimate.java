package io.promptforge.dao.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Estimates the bytes of memory that a JSON value takes, without writing it out; rather too many than too few. */
final class MemoryEstimate {
    private static final long VALUE = 64;
    private static final long CONTAINER = 160;
    private static final long CHARACTER = 2;

    private MemoryEstimate() {}

    static long of(JsonNode node) {
        if (node.isTextual()) {
            return of(node.textValue());
        }
        if (node.isNumber()) {
            return VALUE + node.decimalValue().precision();
        }
        long bytes = node.isContainerNode() ? CONTAINER : VALUE;
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            bytes += of(member.getKey());
        }
        for (JsonNode part : node) {
            bytes += of(part);
        }
        return bytes;
    }

    private static long of(String text) {
        return VALUE + CHARACTER * text.length();
    }
}
