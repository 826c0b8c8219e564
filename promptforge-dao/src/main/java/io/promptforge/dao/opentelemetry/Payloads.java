package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lifts the input and the output of a span from attributes. */
final class Payloads {
    private Payloads() {}

    static @Nullable Json input(Attributes attributes) {
        Json input = conversation(attributes);
        input = input != null
                ? input
                : together(
                        attributes,
                        Map.of(),
                        "query",
                        DocumentTable.RERANKER_QUERY,
                        "documents",
                        DocumentTable.RERANKER_DOCUMENTS);
        return input != null ? input : DocumentTable.INPUT.lift(attributes);
    }

    static @Nullable Json output(Attributes attributes) {
        Json output = together(
                attributes,
                Map.of("role", "assistant"),
                "content",
                DocumentTable.ANSWER_TEXT,
                "tool_calls",
                DocumentTable.ANSWER_TOOL_CALLS);
        return output != null ? output : DocumentTable.OUTPUT.lift(attributes);
    }

    /**
     * The messages with the system's instructions before them, in the form that the convention has for instructions that are
     * a part of the messages; null if there are no instructions, or if the input is something other than messages.
     */
    private static @Nullable Json conversation(Attributes attributes) {
        List<@Nullable Object> parts = DocumentTable.SYSTEM_INSTRUCTIONS.read(attributes);
        List<@Nullable Object> messages = DocumentTable.INPUT_MESSAGES.read(attributes);
        if (parts == null || (messages == null && DocumentTable.INPUT.read(attributes) != null)) {
            return null;
        }
        List<@Nullable Object> all = new ArrayList<>();
        all.add(Map.of("role", "system", "parts", parts));
        if (messages != null) {
            all.addAll(messages);
        }
        Json conversation = AttributeParsers.document(all);
        if (conversation != null) {
            DocumentTable.SYSTEM_INSTRUCTIONS.lift(attributes);
            DocumentTable.INPUT_MESSAGES.lift(attributes);
        }
        return conversation;
    }

    /** One document of two that are reported apart; null if one of them is missing. */
    private static @Nullable Json together(
            Attributes attributes,
            Map<String, String> before,
            String oneName,
            Row<Json> one,
            String otherName,
            Row<Json> other) {
        Json first = one.read(attributes);
        Json second = other.read(attributes);
        if (first == null || second == null) {
            return null;
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>(before);
        members.put(oneName, first.toJava());
        members.put(otherName, second.toJava());
        Json document = AttributeParsers.document(members);
        if (document != null) {
            one.lift(attributes);
            other.lift(attributes);
        }
        return document;
    }

    /** Instructions as the parts of a message. */
    static @Nullable List<@Nullable Object> parts(Object instructions) {
        List<@Nullable Object> parts = AttributeParsers.list(instructions);
        return parts == null && instructions instanceof String text && TextLimits.isVisible(text)
                ? List.of(Map.of("type", "text", "content", text))
                : parts;
    }
}
