package io.promptforge.dao.json;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.promptforge.dao.error.InvalidValueException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value: object, array, string, number, boolean or null. Immutable and thread-safe. Values are equal regardless of spacing,
 * the order of members, and the notation of numbers.
 */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .build();

    /** 1, 1.0 and 1e0 are equal, as in PostgreSQL. */
    private static final Comparator<JsonNode> SAME_NUMBERS = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    private static final Json EMPTY_OBJECT = new Json(MAPPER.createObjectNode());
    private static final Json EMPTY_ARRAY = new Json(MAPPER.createArrayNode());

    private final JsonNode node;

    private Json(JsonNode node) {
        this.node = node;
    }

    /** The object without members. */
    public static Json emptyObject() {
        return EMPTY_OBJECT;
    }

    /** The array without elements. */
    public static Json emptyArray() {
        return EMPTY_ARRAY;
    }

    /**
     * Reads a JSON text.
     *
     * @throws InvalidValueException if it is not exactly one well-formed JSON value
     */
    public static Json parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw new InvalidValueException("json", "The JSON text is empty.", null);
            }
            return new Json(node);
        } catch (JsonProcessingException e) {
            throw new InvalidValueException(
                    "json", "The JSON text is malformed at " + at(e) + ": it must be one JSON value.", null);
        }
    }

    /**
     * Converts maps with string keys, lists, strings, numbers, booleans, null, Json and records of these to JSON.
     *
     * @throws InvalidValueException if the value contains something that JSON cannot represent
     */
    public static Json of(@Nullable Object value) {
        try {
            // By way of the text, so that a number is the same thing whether it came from a Long or from a text.
            return new Json(MAPPER.readTree(MAPPER.writeValueAsString(value)));
        } catch (JsonProcessingException e) {
            throw new InvalidValueException(
                    "json",
                    "A " + (value == null ? "null" : value.getClass().getName()) + " cannot be represented in JSON.",
                    e);
        }
    }

    /** Whether this is an object. */
    public boolean isObject() {
        return node.isObject();
    }

    /** The JSON text, without spaces between its parts. */
    public String text() {
        return node.toString();
    }

    /**
     * A JSON text that is equal for equal values only: members are ordered by name, numbers have neither an exponent nor trailing
     * zeros.
     */
    public String canonicalText() {
        StringBuilder text = new StringBuilder();
        Canonical.append(node, text);
        return text.toString();
    }

    /**
     * The value as plain Java: {@code Map<String, Object>}, {@code List<Object>}, String, Integer, Long, BigInteger,
     * BigDecimal, Boolean or null.
     */
    public @Nullable Object toJava() {
        return MAPPER.convertValue(node, Object.class);
    }

    /**
     * Why PostgreSQL cannot store this value, in words that follow the name of a field, such as "holds a NUL character"; empty if it
     * can. The size limits of columns are not checked.
     */
    public Optional<String> storageObstacle() {
        return Storable.obstacle(node);
    }

    /**
     * Estimates how many bytes of memory this value takes: 160 for each object and array; 64 and 2 for each character of a name or
     * text; 64 for any other value.
     */
    public long estimatedBytes() {
        return MemoryEstimate.of(node);
    }

    /** Used by Jackson for a Json inside a map or list that is given to {@link #of}. */
    @JsonValue
    JsonNode node() {
        return node;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Json json && node.equals(SAME_NUMBERS, json.node);
    }

    @Override
    public int hashCode() {
        return hash(node);
    }

    @Override
    public String toString() {
        return text();
    }

    private static int hash(JsonNode node) {
        if (node.isNumber()) {
            return node.decimalValue().stripTrailingZeros().hashCode();
        }
        int hash = node.isContainerNode() ? node.size() : node.hashCode();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            hash += member.getKey().hashCode() ^ hash(member.getValue());
        }
        if (node.isArray()) {
            for (JsonNode element : node) {
                hash = 31 * hash + hash(element);
            }
        }
        return hash;
    }

    /** The place, without the text itself, which does not belong in a message. */
    private static String at(JsonProcessingException e) {
        return e.getLocation() == null
                ? "an unknown place"
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
