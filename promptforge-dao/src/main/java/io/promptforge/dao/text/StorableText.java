package io.promptforge.dao.text;

import java.util.Optional;

/**
 * Makes texts from elsewhere storable. PostgreSQL stores every text but one with a NUL character or with half of a surrogate pair,
 * which every method of this library refuses. For values and documents, see {@link io.promptforge.dao.json.Json#storable(Object)}.
 */
public final class StorableText {
    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    /** Why PostgreSQL cannot store a text, in words that follow the name of a field: "holds a NUL character …"; empty if it can. */
    public static Optional<String> obstacle(String text) {
        int place = firstObstacle(text, 0);
        if (place < 0) {
            return Optional.empty();
        }
        return Optional.of(
                text.charAt(place) == '\0'
                        ? "holds a NUL character, which PostgreSQL cannot store"
                        : "holds half of a surrogate pair, which is no character");
    }

    /** The text with U+FFFD, the replacement character, for each character that PostgreSQL cannot store; its length stays. */
    public static String of(String text) {
        int place = firstObstacle(text, 0);
        if (place < 0) {
            return text;
        }
        StringBuilder storable = new StringBuilder(text);
        for (; place >= 0; place = firstObstacle(text, place + 1)) {
            storable.setCharAt(place, REPLACEMENT);
        }
        return storable.toString();
    }

    private static int firstObstacle(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                return i;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
