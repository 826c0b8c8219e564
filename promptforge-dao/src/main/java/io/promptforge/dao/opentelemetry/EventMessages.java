package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.opentelemetry.SpanEvents.ReadEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lifts input and output that came as events, in three conventions: an event for each message, whose name tells its role; an event
 * for the prompt and one for the completion; one event with the details of the call, whose attributes are named as a span's. Pydantic
 * AI writes the first as an attribute. Name, time and other attributes of an event stay.
 */
final class EventMessages {
    private static final String CHOICE = "gen_ai.choice";

    private static final Map<String, String> ROLES = Map.of(
            "gen_ai.system.message", "system",
            "gen_ai.user.message", "user",
            "gen_ai.assistant.message", "assistant",
            "gen_ai.tool.message", "tool");

    private static final List<String> WITH_DETAILS =
            List.of("gen_ai.client.inference.operation.details", "gen_ai.content.prompt", "gen_ai.content.completion");

    /** The text of a message as a JSON object; Azure's SDKs and converters of logs write it. */
    private static final List<String> BODIES = List.of("gen_ai.event.content", "event.body", "body");

    private EventMessages() {}

    static @Nullable Json input(Attributes attributes, SpanEvents events) {
        Json input = messages(events, true);
        input = input != null ? input : details(events, Payloads::input);
        return input != null ? input : pydantic(attributes, true);
    }

    static @Nullable Json output(Attributes attributes, SpanEvents events) {
        Json output = messages(events, false);
        output = output != null ? output : details(events, Payloads::output);
        return output != null ? output : pydantic(attributes, false);
    }

    private static boolean is(String name, boolean input) {
        return input ? ROLES.containsKey(name) : name.equals(CHOICE);
    }

    private static @Nullable Json messages(SpanEvents events, boolean input) {
        List<ReadEvent> wanted =
                events.all().stream().filter(event -> is(event.name(), input)).toList();
        Json messages = document(wanted.stream()
                .map(event -> message(event.name(), event.attributes().left()))
                .toList());
        if (messages != null) {
            wanted.forEach(event -> event.attributes().removeIf(EventMessages::isPartOfMessage));
        }
        return messages;
    }

    private static @Nullable Json details(SpanEvents events, Payload payload) {
        List<ReadEvent> wanted = events.all().stream()
                .filter(event -> WITH_DETAILS.contains(event.name()))
                .toList();
        List<@Nullable Object> found = new ArrayList<>();
        for (ReadEvent event : wanted) {
            Json document = payload.lift(event.attributes().copy());
            if (document != null) {
                found.add(document.toJava());
            }
        }
        Json all = found.size() == 1 ? Json.of(found.get(0)) : document(found);
        if (all != null) {
            wanted.forEach(event -> payload.lift(event.attributes()));
        }
        return all;
    }

    private static @Nullable Json pydantic(Attributes attributes, boolean input) {
        List<@Nullable Object> all = DocumentTable.MESSAGE_EVENTS.read(attributes);
        if (all == null) {
            return null;
        }
        List<Map<String, @Nullable Object>> messages = new ArrayList<>();
        for (Object each : all) {
            if (each instanceof Map<?, ?> event && event.get("event.name") instanceof String name && is(name, input)) {
                messages.add(message(name, Attributes.of(event).left()));
            }
        }
        return document(messages);
    }

    private static @Nullable Json document(List<?> elements) {
        return elements.isEmpty() ? null : AttributeParsers.document(elements);
    }

    private static Map<String, @Nullable Object> message(String name, Map<String, @Nullable Object> attributes) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        if (ROLES.containsKey(name)) {
            message.put("role", ROLES.get(name));
        }
        attributes.forEach((attribute, value) -> {
            Object tree = value == null ? null : AttributeParsers.tree(value);
            if (BODIES.contains(attribute) && tree instanceof Map<?, ?> body) {
                body.forEach((member, part) -> message.put(String.valueOf(member), part));
            } else if (isPartOfMessage(attribute)) {
                message.put(BODIES.contains(attribute) ? "content" : attribute, tree);
            }
        });
        return message;
    }

    /** Not what describes the event. */
    private static boolean isPartOfMessage(String attribute) {
        return BODIES.contains(attribute)
                || !(attribute.startsWith("gen_ai.")
                        || attribute.startsWith("event.")
                        || attribute.startsWith("otel."));
    }

    /** Lifts the input or the output from attributes. */
    private interface Payload {
        @Nullable Json lift(Attributes attributes);
    }
}
