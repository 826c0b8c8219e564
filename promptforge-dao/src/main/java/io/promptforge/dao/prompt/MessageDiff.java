package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.check.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message of two versions: equal in both, changed, added (has only {@code after}) or removed (has only {@code before}).
 *
 * @param before the message in the old version
 * @param after the message in the new version
 * @param text the lines of their texts
 */
public record MessageDiff(Optional<PromptMessage> before, Optional<PromptMessage> after, TextDiff text) {
    /** Refuses null with an {@link io.promptforge.dao.error.InvalidValueException}. */
    public MessageDiff {
        Check.present("before", before);
        Check.present("after", after);
        Check.present("text", text);
    }

    /** Whether the message is equal in both versions, but for the order of keys in the arguments of calls. */
    public boolean isEmpty() {
        return before.equals(after);
    }

    /**
     * The messages of two versions in their order; a removed one comes before an added one. As many as possible are equal. Of those
     * between two equal ones, the first of each version are taken as changed if they have one role.
     */
    static List<MessageDiff> between(List<PromptMessage> before, List<PromptMessage> after) {
        Map<PromptMessage, Integer> numbers = new HashMap<>();
        LineDiff diff = new LineDiff(numbered(before, numbers), numbered(after, numbers));
        List<MessageDiff> messages = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            boolean isRemoved = i < before.size() && diff.removed().get(i);
            boolean isAdded = j < after.size() && diff.added().get(j);
            boolean isBoth = isRemoved == isAdded && (!isRemoved || isOneKind(before.get(i), after.get(j)));
            boolean takesOld = isBoth || isRemoved;
            boolean takesNew = isBoth || !isRemoved;
            messages.add(of(
                    takesOld ? Optional.of(before.get(i)) : Optional.empty(),
                    takesNew ? Optional.of(after.get(j)) : Optional.empty()));
            i += takesOld ? 1 : 0;
            j += takesNew ? 1 : 0;
        }
        return Collections.unmodifiableList(messages);
    }

    private static MessageDiff of(Optional<PromptMessage> before, Optional<PromptMessage> after) {
        return new MessageDiff(
                before,
                after,
                TextDiff.between(before.map(MessageDiff::text).orElse(""), after.map(MessageDiff::text).orElse("")));
    }

    private static String text(PromptMessage message) {
        return message instanceof ChatMessage chat ? chat.text() : "";
    }

    private static boolean isOneKind(PromptMessage one, PromptMessage other) {
        return one instanceof ChatMessage chat && other instanceof ChatMessage otherChat
                ? chat.role() == otherChat.role()
                : one.getClass() == other.getClass();
    }

    private static int[] numbered(List<PromptMessage> messages, Map<PromptMessage, Integer> numbers) {
        return messages.stream()
                .mapToInt(message -> numbers.computeIfAbsent(message, unknown -> numbers.size()))
                .toArray();
    }
}
