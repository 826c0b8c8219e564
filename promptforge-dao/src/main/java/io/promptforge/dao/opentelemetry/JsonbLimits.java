package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts documents to the limits of their columns, which PostgreSQL checks in bytes of its binary format, by the rules that {@link
 * OpenTelemetryTraces} states. Every cut leaves a note.
 */
final class JsonbLimits {
    private static final int MANY_BYTES = 65_536;
    private static final int KEPT_CHARACTERS = 10_000;

    /** Room for the note. */
    private static final int BYTES_OF_NOTE = 200;

    private JsonbLimits() {}

    /** An upper bound for the bytes that a plain value takes as a jsonb. */
    static long bytes(@Nullable Object value) {
        if (value instanceof String text) {
            return 4 + utf8(text);
        }
        if (value instanceof BigDecimal number) {
            return 4 + 3 + 8 + 2 * (number.precision() / 4L + 2);
        }
        if (value instanceof Number) {
            return 4 + 3 + 8 + 2 * 6;
        }
        if (value instanceof Map<?, ?> map) {
            long sum = 4 + 3 + 4;
            for (Map.Entry<?, ?> member : map.entrySet()) {
                sum += bytes(member.getKey()) + bytes(member.getValue());
            }
            return sum;
        }
        if (value instanceof List<?> list) {
            return 4 + 3 + 4 + list.stream().mapToLong(JsonbLimits::bytes).sum();
        }
        return 4;
    }

    /** The object in this many bytes; without as many of its last members as it takes, and a note of their number. */
    static Json object(Map<String, @Nullable Object> members, long most) {
        if (bytes(members) <= most) {
            return Json.of(members);
        }
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        long left = most - BYTES_OF_NOTE;
        for (Map.Entry<String, @Nullable Object> member : members.entrySet()) {
            Object value = shortened(member.getValue());
            long size = bytes(member.getKey()) + bytes(value);
            if (size <= left) {
                kept.put(member.getKey(), value);
                left -= size;
            }
        }
        if (kept.size() < members.size()) {
            kept.put("promptforge.dropped_attributes_count", members.size() - kept.size());
        }
        return Json.of(kept);
    }

    /** The array of objects in this many bytes; without as many of its last elements as it takes, and a note of their number. */
    static Json array(List<Map<String, @Nullable Object>> elements, long most) {
        if (bytes(elements) <= most) {
            return Json.of(elements);
        }
        List<@Nullable Object> kept = new ArrayList<>();
        long left = most - BYTES_OF_NOTE;
        for (Map<String, @Nullable Object> element : elements) {
            Object value = shortened(element);
            long size = bytes(value);
            if (size <= left) {
                kept.add(value);
                left -= size;
            }
        }
        if (kept.size() < elements.size()) {
            kept.add(Map.of("promptforge.dropped_events_count", elements.size() - kept.size()));
        }
        return Json.of(kept);
    }

    /** A big value with its long texts cut; a note where that is not enough. */
    private static @Nullable Object shortened(@Nullable Object value) {
        if (bytes(value) <= MANY_BYTES) {
            return value;
        }
        Object shorter = withShortTexts(value);
        return bytes(shorter) <= MANY_BYTES ? shorter : "(left out: up to " + bytes(value) + " bytes)";
    }

    private static @Nullable Object withShortTexts(@Nullable Object value) {
        if (value instanceof String text && !TextLimits.fits(text, KEPT_CHARACTERS)) {
            return TextLimits.cut(text, KEPT_CHARACTERS) + "… (cut: it had " + text.codePointCount(0, text.length())
                    + " characters)";
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> shorter = new LinkedHashMap<>();
            map.forEach((name, member) -> shorter.put(name, withShortTexts(member)));
            return shorter;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> shorter = new ArrayList<>();
            list.forEach(element -> shorter.add(withShortTexts(element)));
            return shorter;
        }
        return value;
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
