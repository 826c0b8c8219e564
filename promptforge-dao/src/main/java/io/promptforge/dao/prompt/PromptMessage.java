package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import java.util.List;

/** An entry in the messages of a prompt: a message, or a placeholder for messages that an application has. */
public sealed interface PromptMessage permits ChatMessage, MessagesPlaceholder {
    /** The instructions of the application, a template. */
    static ChatMessage system(String text) {
        return ChatMessage.of(MessageRole.SYSTEM, text);
    }

    /** What newer models call the instructions of the application, a template. */
    static ChatMessage developer(String text) {
        return ChatMessage.of(MessageRole.DEVELOPER, text);
    }

    /** What the person says, a template. */
    static ChatMessage user(String text) {
        return ChatMessage.of(MessageRole.USER, text);
    }

    /** What the model says, a template. */
    static ChatMessage assistant(String text) {
        return ChatMessage.of(MessageRole.ASSISTANT, text);
    }

    /** The answer of a tool to a call, a template. */
    static ChatMessage toolResult(String toolCallId, String text) {
        return ChatMessage.of(MessageRole.TOOL, List.of(new MessagePart.ToolResult(toolCallId, text)));
    }

    /** The place of messages that are given when the prompt is rendered, such as the history of a conversation. */
    static MessagesPlaceholder placeholder(String name) {
        return new MessagesPlaceholder(name);
    }

    /**
     * Messages as JSON, as they are stored: <code>[{"role":"user","parts":[{"type":"text","text":"Hi {{name}}"}]},
     * {"placeholder":"history"}]</code>. Further parts are <code>{"type":"image","url":…,"detail":…}</code>,
     * <code>{"type":"tool_call","id":…,"name":…,"arguments":…}</code> and
     * <code>{"type":"tool_result","tool_call_id":…,"text":…}</code>.
     */
    static Json toJson(List<? extends PromptMessage> messages) {
        return MessagesDocument.json(Check.list("messages", messages));
    }

    /**
     * Reads what {@link #toJson} gives.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if it is something else; its path names the message
     */
    static List<PromptMessage> fromJson(Json json) {
        return MessagesDocument.messages(Check.present("messages", json));
    }
}
