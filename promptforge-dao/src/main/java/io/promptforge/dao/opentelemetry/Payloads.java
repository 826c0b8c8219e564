package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What went into a span and what came out of it. */
final class Payloads {
    private Payloads() {}

    static @Nullable Json input(Attributes attributes) {
        Json conversation = conversation(attributes);
        Json input = conversation != null ? conversation : attributes.lift(Names.INPUT, Readings::document);
        return input != null ? input : attributes.liftFlattened(Names.FLATTENED_INPUT, Readings::document);
    }

    static @Nullable Json output(Attributes attributes) {
        Json output = attributes.lift(Names.OUTPUT, Readings::document);
        return output != null ? output : attributes.liftFlattened(Names.FLATTENED_OUTPUT, Readings::document);
    }

    /**
     * The messages with the system's instructions before them, in the form that the convention has for instructions that are
     * a part of the messages; null where there are no instructions, or they don't go with what else went in.
     */
    private static @Nullable Json conversation(Attributes attributes) {
        List<@Nullable Object> parts = attributes.peek(Names.SYSTEM_INSTRUCTIONS, Payloads::parts);
        List<@Nullable Object> messages = attributes.peek(Names.INPUT_MESSAGES, Readings::list);
        boolean somethingElse = messages == null && attributes.peek(Names.INPUT, Readings::document) != null;
        if (parts == null || somethingElse) {
            return null;
        }
        List<@Nullable Object> all = new ArrayList<>();
        all.add(Map.of("role", "system", "parts", parts));
        if (messages != null) {
            all.addAll(messages);
        }
        Json conversation = Readings.document(all);
        if (conversation != null) {
            attributes.remove(Names.SYSTEM_INSTRUCTIONS);
            attributes.remove(messages == null ? List.of() : Names.INPUT_MESSAGES);
        }
        return conversation;
    }

    private static @Nullable List<@Nullable Object> parts(Object instructions) {
        List<@Nullable Object> parts = Readings.list(instructions);
        return parts == null && instructions instanceof String text && Texts.isVisible(text)
                ? List.of(Map.of("type", "text", "content", text))
                : parts;
    }
}
