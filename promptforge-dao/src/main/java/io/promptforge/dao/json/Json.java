package io.promptforge.dao.json;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promptforge.dao.error.InvalidValueException;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value: object, array, string, number, boolean or null. Immutable and thread-safe. Values are equal regardless of spacing,
 * the order of members, and the notation of numbers: 1, 1.0 and 1e0 are equal. The order is kept nevertheless, and {@link #text} has it;
 * the documents of prompts are stored with it, others without.
 *
 * <p>Every Json can be stored, and is read again as an equal one. So a value is refused when it is made if
 * <ul>
 * <li>it is nested deeper than 500 levels,
 * <li>a number in it takes more than 1,000 digits without an exponent, as PostgreSQL writes it: {@code 1e1000},
 * <li>its text takes more than 32 MiB in UTF-8 when numbers are written so,
 * <li>a string or name in it holds a NUL character or half of a surrogate pair.
 * </ul>
 * {@link #storable(Object)} refuses nothing. Of members of one name, the last counts. A column has limits of its own, which the
 * database checks when the value is stored: the kind of value, and the bytes of PostgreSQL's binary format.
 */
public final class Json {
    private static final int LEAST_SIZE = 1_024;
    private static final int GREATEST_SIZE = 16_777_216;

    private static final Comparator<JsonNode> SAME_NUMBERS = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    private static final Json EMPTY_OBJECT = new Json(new ObjectNode(JsonNodeFactory.instance));
    private static final Json EMPTY_ARRAY = new Json(new ArrayNode(JsonNodeFactory.instance));

    private final JsonNode node;

    /** Made when it is first asked for; threads that race make the same. */
    private @Nullable String text;

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
     * Reads a JSON text; a byte order mark before it is skipped.
     *
     * @throws InvalidValueException if it is not exactly one well-formed JSON value within the limits; the message says why, and in
     *     which line and column, counted from 1, but does not quote the text
     */
    public static Json parse(String text) {
        if (text == null) {
            throw new InvalidValueException(
                    "json", "The JSON text is null.", "Give a text; that of null is \"null\".", null);
        }
        return new Json(JsonReader.read(text));
    }

    /**
     * Reads the text of a jsonb as PostgreSQL writes it. Quicker than {@link #parse}, because such a text holds no character that
     * has to be refused; a text from elsewhere may make a value that cannot be stored.
     *
     * @throws InvalidValueException like {@link #parse}, but for characters
     */
    public static Json parseStored(String jsonb) {
        return new Json(JsonReader.readStored(jsonb));
    }

    /**
     * Converts maps, iterables, arrays, texts, numbers, booleans, null, Json and records of these to JSON. Keys of maps are texts,
     * numbers, enum constants or UUIDs. An enum constant becomes its name, a UUID and a char a text, and bytes their text in Base64.
     * Other types are converted if they are annotated for Jackson or have getters.
     *
     * @throws InvalidValueException if a part cannot be represented, such as NaN or an Instant, or exceeds the limits; its path says
     *     which part: {@code rates[2].p95}
     */
    public static Json of(@Nullable Object value) {
        return value instanceof Json json ? json : new Json(new JavaValues(new Refusals()).root(value));
    }

    /**
     * {@link #storable(Object, int)} with 16 MiB, which every column for an input or output of a trace, span or result takes.
     */
    public static Json storable(@Nullable Object value) {
        return storable(value, GREATEST_SIZE);
    }

    /**
     * Converts any value to JSON that can be stored, for values from elsewhere. It takes what {@link #of} takes, and never
     * refuses one:
     * <ul>
     * <li>A text stays a text, also if it is the text of JSON. NUL and halves of surrogate pairs become U+FFFD.
     * <li>A name is cut to 1,000 characters, and made different from the other names of its object where it became equal to one.
     * <li>NaN, infinities, and numbers with more than 1,000 digits become texts, as do values of other types, by {@code toString}:
     *     records and times, too.
     * <li>What is nested deeper than 100 levels becomes a text that says so; the result can thus be a part of another value.
     * <li>Is the value too big, then the longest parts are cut: in a part of more than 64 KiB each text to 10,000 characters, with
     *     their number behind; a part that is still too big becomes a note. What then does not fit is left out,
     *     counted as {@code promptforge.dropped_count}: a member of an object; of an array, the only member of the last element.
     * <li>What comes after 32 MiB of text is left out, noted as {@code promptforge.left_out} in the same way.
     * </ul>
     * A Json that is small enough stays as it is.
     *
     * @param mostBytes the limit of the column, such as 262,144 for metadata; from 1,024 to 16,777,216
     * @throws InvalidValueException if the number of bytes is out of range
     */
    public static Json storable(@Nullable Object value, int mostBytes) {
        if (mostBytes < LEAST_SIZE || mostBytes > GREATEST_SIZE) {
            throw new InvalidValueException(
                    "most_bytes",
                    "The number of bytes is out of range.",
                    "Give a number from " + LEAST_SIZE + " to " + GREATEST_SIZE + ".",
                    null);
        }
        JsonNode node = value instanceof Json json ? json.node : new JavaValues(new Replacements()).root(value);
        return new Json(Cut.to(node, mostBytes));
    }

    /** Whether this is an object. */
    public boolean isObject() {
        return node.isObject();
    }

    /** The JSON text, without spaces between its parts. */
    public String text() {
        String made = text;
        if (made == null) {
            made = node.toString();
            text = made;
        }
        return made;
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
        return PlainJava.of(node);
    }

    /**
     * Estimates how many bytes of memory this value takes: 160 for each object and array; 64 and 2 for each character of a name or
     * text; 64 for any other value, and 1 for each digit of a number.
     */
    public long estimatedBytes() {
        return MemoryEstimate.of(node);
    }

    /**
     * An upper bound of the bytes that this value takes in PostgreSQL, which the limits of columns count: it is at least {@code
     * pg_column_size} of the jsonb. Equal values have the same.
     */
    public long storedBytes() {
        return JsonSize.ofJsonb(node);
    }

    /** Used by Jackson for a Json in a record. */
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
}
