package io.promptforge.dao.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Converts one Java value to JSON. A number becomes what it would be if it were read from a text. */
final class JavaValues {
    /** The member that says that further parts were left out, after 32 MiB; their number may be endless. */
    private static final String LEFT_OUT = "promptforge.left_out";

    private final Misfits misfits;

    /** Of the text so far, as {@link JsonSize#ofText(JsonNode)} counts. */
    private long bytes;

    JavaValues(Misfits misfits) {
        this.misfits = misfits;
    }

    /** The value itself. */
    JsonNode root(@Nullable Object value) {
        JsonNode node = value(value, 0, null);
        misfits.leavesOut(bytes, null);
        return node;
    }

    /** A part of it, or what is to be taken instead. */
    JsonNode value(@Nullable Object value, int depth, @Nullable Place place) {
        if (value == null) {
            return counted(NullNode.instance);
        }
        if (value instanceof CharSequence || value instanceof Character || value instanceof UUID) {
            return text(value.toString(), place);
        }
        if (value instanceof Boolean yes) {
            return counted(BooleanNode.valueOf(yes));
        }
        if (value instanceof Number number) {
            return number(number, place);
        }
        if (value instanceof Enum<?> constant) {
            return text(constant.name(), place);
        }
        if (value instanceof byte[] binary) {
            return text(Base64.getEncoder().encodeToString(binary), place);
        }
        if (value instanceof Json json) {
            return node(json.node(), depth, place);
        }
        if (value instanceof JsonNode node) {
            return node(node, depth, place);
        }
        return container(value, depth, place);
    }

    private JsonNode container(Object value, int depth, @Nullable Place place) {
        boolean isArray = value.getClass().isArray();
        if (!(value instanceof Map || value instanceof Iterable || isArray)) {
            return misfits.other(value, depth, place, this);
        }
        if (depth == misfits.depth()) {
            return misfits.tooDeep(place);
        }
        if (value instanceof Map<?, ?> map) {
            return object(map.entrySet().iterator(), depth, place);
        }
        return array(value instanceof Iterable<?> elements ? elements.iterator() : elements(value), depth, place);
    }

    private JsonNode object(Iterator<? extends Map.Entry<?, ?>> members, int depth, @Nullable Place place) {
        bytes += 2;
        ObjectNode object = new ObjectNode(JsonNodeFactory.instance);
        while (members.hasNext() && !misfits.leavesOut(bytes, place)) {
            Map.Entry<?, ?> member = members.next();
            String name = misfits.name(member.getKey(), object, place);
            bytes += JsonSize.ofText(name) + 4;
            object.set(name, value(member.getValue(), depth + 1, Place.member(place, name)));
        }
        if (members.hasNext()) {
            object.put(LEFT_OUT, true);
        }
        return object;
    }

    private JsonNode array(Iterator<?> elements, int depth, @Nullable Place place) {
        bytes += 2;
        ArrayNode array = new ArrayNode(JsonNodeFactory.instance);
        while (elements.hasNext() && !misfits.leavesOut(bytes, place)) {
            bytes += 2;
            array.add(value(elements.next(), depth + 1, Place.element(place, array.size())));
        }
        if (elements.hasNext()) {
            array.addObject().put(LEFT_OUT, true);
        }
        return array;
    }

    private static Iterator<?> elements(Object array) {
        return array instanceof Object[] elements
                ? Arrays.asList(elements).iterator()
                : IntStream.range(0, Array.getLength(array))
                        .mapToObj(i -> Array.get(array, i))
                        .iterator();
    }

    /** What Jackson or another Json made, which may be too deep here, or hold NaN. */
    private JsonNode node(JsonNode node, int depth, @Nullable Place place) {
        if (node.isTextual()) {
            return text(node.textValue(), place);
        }
        if (node.isNumber()) {
            return number(node.numberValue(), place);
        }
        if (node.isBinary()) {
            return text(node.asText(), place);
        }
        if (!node.isContainerNode()) {
            return counted(node);
        }
        if (depth == misfits.depth()) {
            return misfits.tooDeep(place);
        }
        return node.isObject()
                ? object(node.properties().iterator(), depth, place)
                : array(node.iterator(), depth, place);
    }

    private JsonNode text(String text, @Nullable Place place) {
        return counted(TextNode.valueOf(misfits.text(text, place)));
    }

    private JsonNode counted(JsonNode node) {
        bytes += JsonSize.ofText(node);
        return node;
    }

    private JsonNode number(Number number, @Nullable Place place) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return counted(whole(number.longValue()));
        }
        BigDecimal exact = exact(number);
        if (exact == null) {
            return counted(misfits.number(number, "is " + shown(number) + ", which is no number in JSON", place));
        }
        return counted(
                JsonLimits.digits(exact) > JsonLimits.DIGITS
                        ? misfits.number(number, JsonLimits.TOO_MANY_DIGITS, place)
                        : number(exact));
    }

    private static @Nullable BigDecimal exact(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        if (number instanceof BigInteger whole) {
            return new BigDecimal(whole);
        }
        try {
            // By way of its text, so that 0.7f is 0.7 and not 0.699999988.
            return new BigDecimal(number.toString());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String shown(Number number) {
        return number instanceof Double || number instanceof Float
                ? number.toString()
                : "a " + number.getClass().getName();
    }

    private static JsonNode number(BigDecimal number) {
        if (number.scale() != 0) {
            return DecimalNode.valueOf(number);
        }
        BigInteger whole = number.unscaledValue();
        return whole.bitLength() < Long.SIZE ? whole(whole.longValue()) : BigIntegerNode.valueOf(whole);
    }

    private static JsonNode whole(long whole) {
        return whole == (int) whole ? IntNode.valueOf((int) whole) : LongNode.valueOf(whole);
    }
}
