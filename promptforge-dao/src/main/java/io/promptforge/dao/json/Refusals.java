package io.promptforge.dao.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.text.StorableText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Refuses what cannot be represented, and says where it is. */
final class Refusals implements Misfits {
    /** Knows records, and types that were annotated for Jackson. */
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public int depth() {
        return JsonLimits.DEPTH;
    }

    @Override
    public String text(String text, @Nullable Place place) {
        StorableText.obstacle(text).ifPresent(obstacle -> {
            throw refusal(obstacle, place);
        });
        return text;
    }

    @Override
    public String name(@Nullable Object key, ObjectNode object, @Nullable Place place) {
        if (key instanceof Enum<?> constant) {
            return constant.name();
        }
        if (key instanceof CharSequence || key instanceof Number || key instanceof UUID) {
            String name = key.toString();
            StorableText.obstacle(name).ifPresent(obstacle -> {
                throw refusal("has a key that " + obstacle, place);
            });
            return name;
        }
        throw refusal(key == null ? "has a key that is null" : "has a key that is no text but a " + type(key), place);
    }

    @Override
    public JsonNode number(Number number, String problem, @Nullable Place place) {
        throw refusal(problem, place);
    }

    @Override
    public JsonNode tooDeep(@Nullable Place place) {
        throw refusal(JsonLimits.TOO_DEEP, place);
    }

    @Override
    public boolean leavesOut(long bytes, @Nullable Place place) {
        if (bytes > JsonLimits.TEXT_BYTES) {
            throw refusal(JsonLimits.TOO_BIG, null);
        }
        return false;
    }

    @Override
    public JsonNode other(Object value, int depth, @Nullable Place place, JavaValues values) {
        JsonNode node;
        try {
            node = MAPPER.valueToTree(value);
        } catch (IllegalArgumentException e) {
            InvalidValueException refusal = new InvalidValueException(
                    "json",
                    "The value is a " + type(value) + ", which has no form in JSON.",
                    "Give its text, or a map of its parts.",
                    e);
            throw place == null ? refusal : refusal.at(place.toString(), null);
        }
        return values.value(node, depth, place);
    }

    private static String type(Object value) {
        return value.getClass().getName();
    }

    static InvalidValueException refusal(String problem, @Nullable Place place) {
        InvalidValueException refusal =
                new InvalidValueException("json", "The value " + problem + ".", JsonLimits.REMEDY, null);
        return place == null ? refusal : refusal.at(place.toString(), null);
    }
}
