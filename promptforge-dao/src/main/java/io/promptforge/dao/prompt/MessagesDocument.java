package io.promptforge.dao.prompt;

import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages as the JSON document in which they are stored. */
final class MessagesDocument {
    private MessagesDocument() {}

    static Json json(List<? extends PromptMessage> messages) {
        return Json.of(messages.stream().map(MessagesDocument::member).toList());
    }

    private static Map<String, Object> member(PromptMessage message) {
        if (message instanceof ChatMessage chat) {
            return object(
                    "role",
                    chat.role().name().toLowerCase(Locale.ROOT),
                    "parts",
                    chat.parts().stream().map(MessagesDocument::member).toList());
        }
        return object("placeholder", ((MessagesPlaceholder) message).name());
    }

    private static Map<String, Object> member(MessagePart part) {
        if (part instanceof MessagePart.Text text) {
            return object("type", "text", "text", text.text());
        }
        if (part instanceof MessagePart.Image image) {
            Map<String, Object> object = object("type", "image", "url", image.url());
            image.detail().ifPresent(detail -> object.put("detail", detail));
            return object;
        }
        if (part instanceof MessagePart.ToolCall call) {
            return object("type", "tool_call", "id", call.id(), "name", call.name(), "arguments", call.arguments());
        }
        MessagePart.ToolResult result = (MessagePart.ToolResult) part;
        return object("type", "tool_result", "tool_call_id", result.toolCallId(), "text", result.text());
    }

    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    static List<PromptMessage> messages(Json json) {
        if (!(json.toJava() instanceof List<?> elements)) {
            throw new InvalidValueException(
                    "messages", "The field messages is no array.", "Give an array of objects.", null);
        }
        List<PromptMessage> messages = new ArrayList<>(elements.size());
        for (Object element : elements) {
            messages.add(at("messages[" + messages.size() + "]", element, MessagesDocument::message));
        }
        return List.copyOf(messages);
    }

    private static PromptMessage message(Map<?, ?> object) {
        if (object.get("placeholder") instanceof String name) {
            return new MessagesPlaceholder(name);
        }
        List<?> elements = object.get("parts") instanceof List<?> list ? list : List.of();
        List<MessagePart> parts = new ArrayList<>(elements.size());
        for (Object element : elements) {
            parts.add(at("parts[" + parts.size() + "]", element, MessagesDocument::part));
        }
        return new ChatMessage(role(text(object, "role")), parts);
    }

    private static MessageRole role(String word) {
        for (MessageRole role : MessageRole.values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(word)) {
                return role;
            }
        }
        throw new InvalidValueException(
                "role", "The field role is not known.", "Give system, developer, user, assistant or tool.", null);
    }

    private static MessagePart part(Map<?, ?> object) {
        return switch (text(object, "type")) {
            case "text" -> new MessagePart.Text(text(object, "text"));
            case "image" ->
                new MessagePart.Image(
                        text(object, "url"),
                        Optional.ofNullable(object.get("detail")).map(String::valueOf));
            case "tool_call" ->
                new MessagePart.ToolCall(text(object, "id"), text(object, "name"), Json.of(object.get("arguments")));
            case "tool_result" -> new MessagePart.ToolResult(text(object, "tool_call_id"), text(object, "text"));
            default ->
                throw new InvalidValueException(
                        "type", "The field type is not known.", "Give text, image, tool_call or tool_result.", null);
        };
    }

    private static String text(Map<?, ?> object, String name) {
        if (object.get(name) instanceof String text) {
            return text;
        }
        throw new InvalidValueException(name, "The field " + name + " is no text.", "Give a text.", null);
    }

    /** Reads an element; an error gets its path. */
    private static <T> T at(String path, @Nullable Object element, java.util.function.Function<Map<?, ?>, T> reader) {
        try {
            if (element instanceof Map<?, ?> object) {
                return reader.apply(object);
            }
            throw new InvalidValueException(
                    "messages", "A message or a part of one is no object.", "Give an object.", null);
        } catch (FieldException e) {
            throw e.at(path, null);
        }
    }
}
