package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the input and the output of a span from its attributes. */
final class Payloads {
    private Payloads() {}

    static @Nullable Json input(Attributes attributes) {
        Json conversation = conversation(attributes);
        Json input =
                conversation != null ? conversation : attributes.lift(AttributeNames.INPUT, AttributeParsers::document);
        return input != null
                ? input
                : attributes.liftFlattened(AttributeNames.FLATTENED_INPUT, AttributeParsers::document);
    }

    static @Nullable Json output(Attributes attributes) {
        Json output = attributes.lift(AttributeNames.OUTPUT, AttributeParsers::document);
        return output != null
                ? output
                : attributes.liftFlattened(AttributeNames.FLATTENED_OUTPUT, AttributeParsers::document);
    }

    /**
     * The messages with the system's instructions before them, in the form that the convention has for instructions that are
     * a part of the messages; null if there are no instructions, or if the input is something other than messages.
     */
    private static @Nullable Json conversation(Attributes attributes) {
        List<@Nullable Object> parts = attributes.peek(AttributeNames.SYSTEM_INSTRUCTIONS, Payloads::parts);
        List<@Nullable Object> messages = attributes.peek(AttributeNames.INPUT_MESSAGES, AttributeParsers::list);
        boolean somethingElse =
                messages == null && attributes.peek(AttributeNames.INPUT, AttributeParsers::document) != null;
        if (parts == null || somethingElse) {
            return null;
        }
        List<@Nullable Object> all = new ArrayList<>();
        all.add(Map.of("role", "system", "parts", parts));
        if (messages != null) {
            all.addAll(messages);
        }
        Json conversation = AttributeParsers.document(all);
        if (conversation != null) {
            attributes.remove(AttributeNames.SYSTEM_INSTRUCTIONS);
            attributes.remove(messages == null ? List.of() : AttributeNames.INPUT_MESSAGES);
        }
        return conversation;
    }

    private static @Nullable List<@Nullable Object> parts(Object instructions) {
        List<@Nullable Object> parts = AttributeParsers.list(instructions);
        return parts == null && instructions instanceof String text && TextLimits.isVisible(text)
                ? List.of(Map.of("type", "text", "content", text))
                : parts;
    }
}
