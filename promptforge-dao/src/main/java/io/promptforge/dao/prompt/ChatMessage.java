package io.promptforge.dao.prompt;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A message.
 *
 * @param role who speaks
 * @param parts what is said, at least one part
 */
public record ChatMessage(MessageRole role, List<MessagePart> parts) implements PromptMessage {
    /**
     * Copies the parts.
     *
     * @throws InvalidValueException if a component is null or there are no parts
     */
    public ChatMessage {
        Check.present("role", role);
        parts = Check.list("parts", parts);
        if (parts.isEmpty()) {
            throw new InvalidValueException("parts", "The field parts is empty.", "Give at least one part.", null);
        }
    }

    /** A message that is one text, a template. */
    public static ChatMessage of(MessageRole role, String text) {
        return of(role, List.of(new MessagePart.Text(text)));
    }

    /** A message of several parts, such as a text and an image. */
    public static ChatMessage of(MessageRole role, List<? extends MessagePart> parts) {
        return new ChatMessage(role, List.copyOf(Check.list("parts", parts)));
    }

    /** The texts of its parts, with line breaks between them; empty if there are none. */
    public String text() {
        return parts.stream()
                .filter(MessagePart.Text.class::isInstance)
                .map(part -> ((MessagePart.Text) part).text())
                .collect(Collectors.joining("\n"));
    }
}
