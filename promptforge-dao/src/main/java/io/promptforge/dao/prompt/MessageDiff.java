package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.check.Check;
import java.util.ArrayList;
import java.util.BitSet;
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
     * The messages of two versions in their order. As many as possible are equal. Between two equal ones, a message is taken as
     * changed into the next one of its role, and as removed if there is none.
     */
    static List<MessageDiff> between(List<PromptMessage> before, List<PromptMessage> after) {
        Map<PromptMessage, Integer> numbers = new HashMap<>();
        LineDiff diff = new LineDiff(numbered(before, numbers), numbered(after, numbers));
        List<MessageDiff> messages = new ArrayList<>();
        int j = 0;
        for (int i = 0; i < before.size(); i++) {
            boolean isRemoved = diff.removed().get(i);
            int added = isRemoved
                    ? nextOfRole(before.get(i), after, j, diff.added())
                    : diff.added().nextClearBit(j);
            for (; j < added; j++) {
                messages.add(of(Optional.empty(), Optional.of(after.get(j))));
            }
            boolean isPaired = !isRemoved || added >= 0;
            messages.add(of(Optional.of(before.get(i)), isPaired ? Optional.of(after.get(j)) : Optional.empty()));
            j += isPaired ? 1 : 0;
        }
        after.subList(j, after.size()).forEach(message -> messages.add(of(Optional.empty(), Optional.of(message))));
        return List.copyOf(messages);
    }

    /** The next added message that is of a role, up to the next equal one; -1 if there is none. */
    private static int nextOfRole(PromptMessage removed, List<PromptMessage> after, int from, BitSet added) {
        for (int j = from; j < after.size() && added.get(j); j++) {
            if (isOneKind(removed, after.get(j))) {
                return j;
            }
        }
        return -1;
    }

    private static MessageDiff of(Optional<PromptMessage> before, Optional<PromptMessage> after) {
        return new MessageDiff(
                before,
                after,
                TextDiff.between(
                        before.map(MessageDiff::text).orElse(""),
                        after.map(MessageDiff::text).orElse("")));
    }

    private static String text(PromptMessage message) {
        return message instanceof ChatMessage chat ? chat.text() : "";
    }

    private static boolean isOneKind(PromptMessage one, PromptMessage other) {
        if (one instanceof ChatMessage chat && other instanceof ChatMessage otherChat) {
            return chat.role() == otherChat.role();
        }
        return one.getClass() == other.getClass();
    }

    private static int[] numbered(List<PromptMessage> messages, Map<PromptMessage, Integer> numbers) {
        return messages.stream()
                .mapToInt(message -> numbers.computeIfAbsent(message, unknown -> numbers.size()))
                .toArray();
    }
}
