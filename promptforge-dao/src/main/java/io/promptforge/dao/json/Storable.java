package io.promptforge.dao.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** Not API: finds values that PostgreSQL cannot store, and for which it would not name the field. */
public final class Storable {
    /** The limits of PostgreSQL's type numeric. */
    private static final int DIGITS_BEFORE_POINT = 131_072;

    private static final int DIGITS_AFTER_POINT = 16_383;

    private Storable() {}

    /** Why PostgreSQL cannot store a text, in words that follow the name of a field; empty if it can. */
    public static Optional<String> obstacle(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                return Optional.of("holds a NUL character, which PostgreSQL cannot store");
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return Optional.of("holds half of a surrogate pair, which is no character");
                }
                i++;
            }
        }
        return Optional.empty();
    }

    /** Why PostgreSQL cannot store a value or a part of it; empty if it can. */
    static Optional<String> obstacle(JsonNode node) {
        if (node.isTextual()) {
            return obstacle(node.textValue());
        }
        if (node.isNumber()) {
            return obstacle(node.decimalValue());
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            Optional<String> wrongName = obstacle(member.getKey());
            if (wrongName.isPresent()) {
                return wrongName;
            }
        }
        for (JsonNode part : node) {
            Optional<String> wrongPart = obstacle(part);
            if (wrongPart.isPresent()) {
                return wrongPart;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> obstacle(BigDecimal number) {
        long digitsBefore = (long) number.precision() - number.scale();
        return digitsBefore > DIGITS_BEFORE_POINT || number.scale() > DIGITS_AFTER_POINT
                ? Optional.of("holds a number with more digits than PostgreSQL can store")
                : Optional.empty();
    }
}
