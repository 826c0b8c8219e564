package io.promptforge.dao.opentelemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.text.StorableText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Parse plain values of attributes for fields; null for a value that does not fit its field. */
final class AttributeParsers {
    private static final int BYTES_OF_TEXTS = 4_096;

    /** What instrumentations write for a model that they do not know, Spring AI's {@code none} before all. */
    private static final Set<String> NO_NAMES = Set.of("none", "unknown", "null", "undefined");

    private static final Reader<Boolean> FLAG = word(Map.of("true", true, "false", false));

    private AttributeParsers() {}

    /**
     * A visible text of at most this many characters, or a whole number as one: ids are often numbers. Without the quotes of a JSON text,
     * as which MLflow writes all values.
     */
    static Reader<String> text(int most) {
        return value -> {
            String text = isWhole(value) ? value.toString() : value instanceof String string ? unquoted(string) : "";
            return TextLimits.isVisible(text) && TextLimits.fits(text, most) ? text : null;
        };
    }

    private static boolean isWhole(Object value) {
        return value instanceof Integer || value instanceof Long || value instanceof BigInteger;
    }

    /** A text for an id that is not this one. */
    static Reader<String> textOtherThan(String none) {
        Reader<String> reader = text(200);
        return value -> none.equals(value) ? null : reader.read(value);
    }

    private static String unquoted(String text) {
        try {
            boolean quoted = text.length() > 2 && text.startsWith("\"") && text.endsWith("\"");
            return quoted && Json.parse(text).toJava() instanceof String inner ? StorableText.of(inner) : text;
        } catch (InvalidValueException e) {
            return text;
        }
    }

    /** A text that names something. */
    static Reader<String> name(int most) {
        Reader<String> reader = text(most);
        return value -> {
            String name = reader.read(value);
            return name == null || NO_NAMES.contains(name.toLowerCase(Locale.ROOT)) ? null : name;
        };
    }

    /** One of these words, in upper or lower case, perhaps in the quotes of a JSON text, as MLflow writes it. */
    static <T> Reader<T> word(Map<String, T> meanings) {
        return value -> value instanceof String text
                ? meanings.get(text.replace("\"", "").strip().toLowerCase(Locale.ROOT))
                : null;
    }

    /** This, whatever the value is. */
    static <T> Reader<T> always(T meaning) {
        return value -> meaning;
    }

    /** The reader, for attributes that stay, because another field takes them, too. */
    static <T> Reader<T> keeping(Reader<T> reader) {
        return reader.keepingAllOf(value -> null);
    }

    static @Nullable Boolean flag(Object value) {
        return value instanceof Boolean flag ? flag : FLAG.read(value);
    }

    static @Nullable UUID uuid(Object value) {
        try {
            return value instanceof String text ? UUID.fromString(text.strip()) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** One or several visible texts; also as the text of a JSON array. */
    static @Nullable List<String> texts(Object value) {
        if (value instanceof String text) {
            Object parsed = parsed(text);
            return texts(parsed instanceof List ? parsed : List.of(text));
        }
        if (!(value instanceof List<?> list)
                || list.isEmpty()
                || !list.stream().allMatch(each -> each instanceof String text && TextLimits.isVisible(text))) {
            return null;
        }
        List<String> texts = list.stream().map(String.class::cast).toList();
        return bytesOfArray(texts) <= BYTES_OF_TEXTS ? texts : null;
    }

    /** Each text has a head of four bytes, and ends where an integer could begin. */
    private static long bytesOfArray(List<String> texts) {
        return 24
                + texts.stream()
                        .mapToLong(text -> 8L + text.getBytes(UTF_8).length)
                        .sum();
    }

    /** As {@link #texts}; a text with commas is several. */
    static @Nullable List<String> tags(Object value) {
        List<String> texts = texts(value);
        return texts == null || texts.size() > 1
                ? texts
                : texts(List.of(texts.get(0).strip().split("\\s*,\\s*")));
    }

    /** Any value but a blank text; the text of a JSON object or array is parsed. */
    static @Nullable Json document(Object value) {
        return value instanceof String text && !TextLimits.isVisible(text) ? null : Json.storable(tree(value));
    }

    /** A document that was encoded as JSON: a text in quotes is the text between them, also in an array. */
    static @Nullable Json encodedDocument(Object value) {
        if (value instanceof List<?> list) {
            return document(list.stream()
                    .map(each -> each instanceof String text ? unquoted(text) : each)
                    .toList());
        }
        return document(value instanceof String text ? unquoted(text) : value);
    }

    /** The members of an object, also of the text of one. */
    static @Nullable Map<String, @Nullable Object> members(Object value) {
        if (!(tree(value) instanceof Map<?, ?> map)) {
            return null;
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        map.forEach((name, member) -> members.put(String.valueOf(name), member));
        return members;
    }

    /** A document other than the empty objects and arrays that stand for no document. */
    static @Nullable Json filledDocument(Object value) {
        Json document = document(value);
        return document == null || document.equals(Json.emptyObject()) || document.equals(Json.emptyArray())
                ? null
                : document;
    }

    /** A list, also as the text of a JSON array. */
    static @Nullable List<@Nullable Object> list(Object value) {
        Object plain = tree(value);
        return plain instanceof List<?> list ? Collections.unmodifiableList(new ArrayList<>(list)) : null;
    }

    /** The object or array that the value is, or is the text of, or an array of such texts; else the value. */
    static Object tree(Object value) {
        Object parsed =
                value instanceof String text ? parsed(text) : value instanceof List<?> list ? parsed(list) : null;
        return parsed == null ? value : parsed;
    }

    /** Attributes cannot hold objects in arrays, but texts of them. */
    private static @Nullable Object parsed(List<?> list) {
        List<@Nullable Object> parsed = new ArrayList<>();
        for (Object each : list) {
            Object element = each instanceof String text ? parsed(text) : null;
            if (element == null) {
                return null;
            }
            parsed.add(element);
        }
        return list.isEmpty() ? null : parsed;
    }

    /** Objects and arrays only: the text {@code 42} may well be meant as a text. */
    private static @Nullable Object parsed(String text) {
        String start = text.stripLeading();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            return null;
        }
        try {
            return Json.parse(text).toJava();
        } catch (InvalidValueException e) {
            return null;
        }
    }
}
