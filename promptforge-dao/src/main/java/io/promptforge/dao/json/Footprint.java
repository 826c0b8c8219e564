package io.promptforge.dao.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Not API: about how many bytes of memory a value takes; rather too many than too few, and without writing a document
 * out.
 */
public final class Footprint {
    private static final long VALUE = 64;
    private static final long CONTAINER = 160;
    private static final long CHARACTER = 2;

    private Footprint() {}

    /** 64 bytes, and 2 for each character; 0 for null. */
    public static long of(@Nullable String text) {
        return text == null ? 0 : VALUE + CHARACTER * text.length();
    }

    /**
     * 160 bytes for each object and array, as much for a name and a text as for a text by itself, and 64 for any other
     * value; 0 for null.
     */
    public static long of(@Nullable Json document) {
        return document == null ? 0 : of(document.node());
    }

    private static long of(JsonNode node) {
        if (node.isTextual()) {
            return of(node.textValue());
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
}
