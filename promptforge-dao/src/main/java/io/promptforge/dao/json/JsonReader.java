package io.promptforge.dao.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.text.StorableText;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON text: what a caller gives and what PostgreSQL gives alike, so that a value within the {@link JsonLimits} that was
 * stored can be read. Without recursion. No message quotes the text, which may be confidential.
 */
final class JsonReader {
    /** The limits are checked here. A stored document whose names have one hash code must stay readable. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();

    private static final String ONE_VALUE = "Give one JSON value; Json.of makes one of a plain text.";

    /** A number's sign, point and exponent. */
    private static final int BESIDE_DIGITS = 20;

    /** The most bytes in UTF-8 that PostgreSQL writes for a character of the text. */
    private static final long BYTES_OF_CHARACTER = 3;

    private final JsonParser parser;
    private final boolean checksCharacters;
    private final Deque<ContainerNode<?>> open = new ArrayDeque<>();
    private String name = "";
    private long digits;

    private JsonReader(JsonParser parser, boolean checksCharacters) {
        this.parser = parser;
        this.checksCharacters = checksCharacters;
    }

    /** A text from anywhere. */
    static JsonNode read(String text) {
        String json = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return read(json, mayHoldUnstorable(json));
    }

    /** A text that PostgreSQL wrote, which holds all characters of strings as such, and none that it cannot store. */
    static JsonNode readStored(String text) {
        return read(text, false);
    }

    private static JsonNode read(String json, boolean checksCharacters) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            JsonReader reader = new JsonReader(parser, checksCharacters);
            JsonNode node = reader.value();
            if (json.length() * BYTES_OF_CHARACTER + reader.digits > JsonLimits.TEXT_BYTES
                    && JsonSize.ofText(node) > JsonLimits.TEXT_BYTES) {
                throw refusal("The JSON text " + JsonLimits.TOO_BIG + ".", JsonLimits.REMEDY);
            }
            return node;
        } catch (JsonEOFException e) {
            throw refusal(
                    "The JSON text ends at " + at(e.getLocation()) + ", before its value does.",
                    "Give the whole text.");
        } catch (JsonProcessingException e) {
            throw refusal("The JSON text is malformed at " + at(e.getLocation()) + ".", ONE_VALUE);
        } catch (IOException e) {
            throw new IllegalStateException("reading a text", e);
        }
    }

    /** It is quicker to look at the whole once than at each string. */
    private static boolean mayHoldUnstorable(String text) {
        if (text.contains("\\u")) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private JsonNode value() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw refusal("The JSON text is empty.", ONE_VALUE);
        }
        JsonNode root = node(token);
        while (!open.isEmpty()) {
            token = parser.nextToken();
            switch (token) {
                case FIELD_NAME -> name = checked(parser.currentName());
                case END_OBJECT, END_ARRAY -> open.pop();
                default -> add(open.element(), node(token));
            }
        }
        if (parser.nextToken() != null) {
            throw refusal(
                    "The JSON text goes on behind its value, at " + at(parser.currentTokenLocation()) + ".", ONE_VALUE);
        }
        return root;
    }

    private JsonNode node(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> opened(new ObjectNode(JsonNodeFactory.instance));
            case START_ARRAY -> opened(new ArrayNode(JsonNodeFactory.instance));
            case VALUE_STRING -> TextNode.valueOf(checked(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token);
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            default -> NullNode.instance;
        };
    }

    private ContainerNode<?> opened(ContainerNode<?> container) {
        if (open.size() == JsonLimits.DEPTH) {
            throw refusedHere(JsonLimits.TOO_DEEP);
        }
        open.push(container);
        return container;
    }

    private void add(ContainerNode<?> container, JsonNode node) {
        if (container instanceof ObjectNode object) {
            object.set(name, node);
        } else {
            ((ArrayNode) container).add(node);
        }
    }

    private JsonNode number(JsonToken token) throws IOException {
        if (parser.getTextLength() > JsonLimits.DIGITS + BESIDE_DIGITS) {
            throw refusedHere(JsonLimits.TOO_MANY_DIGITS);
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return whole();
        }
        BigDecimal number = decimal();
        long written = JsonLimits.digits(number);
        if (written > JsonLimits.DIGITS) {
            throw refusedHere(JsonLimits.TOO_MANY_DIGITS);
        }
        digits += written;
        return DecimalNode.valueOf(number);
    }

    private JsonNode whole() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> IntNode.valueOf(parser.getIntValue());
            case LONG -> LongNode.valueOf(parser.getLongValue());
            default -> {
                if (JsonLimits.digits(new BigDecimal(parser.getBigIntegerValue())) > JsonLimits.DIGITS) {
                    throw refusedHere(JsonLimits.TOO_MANY_DIGITS);
                }
                yield BigIntegerNode.valueOf(parser.getBigIntegerValue());
            }
        };
    }

    /** From the text, since the parser calls a number malformed whose exponent is out of the range of an int. */
    private BigDecimal decimal() throws IOException {
        try {
            return new BigDecimal(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        } catch (NumberFormatException e) {
            throw refusedHere(JsonLimits.TOO_MANY_DIGITS);
        }
    }

    private String checked(String text) {
        if (checksCharacters) {
            StorableText.obstacle(text).ifPresent(obstacle -> {
                throw refusedHere(obstacle);
            });
        }
        return text;
    }

    private InvalidValueException refusedHere(String problem) {
        return refusal(
                "The JSON text " + problem + ", at " + at(parser.currentTokenLocation()) + ".", JsonLimits.REMEDY);
    }

    private static InvalidValueException refusal(String problem, String remedy) {
        return new InvalidValueException("json", problem, remedy, null);
    }

    private static String at(@Nullable JsonLocation place) {
        return place == null ? "an unknown place" : "line " + place.getLineNr() + ", column " + place.getColumnNr();
    }
}
