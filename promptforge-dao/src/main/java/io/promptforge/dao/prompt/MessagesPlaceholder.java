package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.check.Check;

/**
 * The place of messages that are given when the prompt is rendered, such as the history of a conversation.
 *
 * @param name by which they are given: {@code history}
 */
public record MessagesPlaceholder(String name) implements PromptMessage {
    /** Refuses a null or blank name with an {@link io.promptforge.dao.error.InvalidValueException}. */
    public MessagesPlaceholder {
        Check.text("placeholder", name);
    }
}
