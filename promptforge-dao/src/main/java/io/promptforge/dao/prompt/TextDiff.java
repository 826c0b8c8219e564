package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.check.Check;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The differences between two texts, by lines. The lines of all parts but the {@link Kind#ADDED} ones make up the old text,
 * those of all parts but the {@link Kind#REMOVED} ones the new text.
 *
 * <p>The number of removed and added lines is the smallest possible. If so many lines changed that the search would take long,
 * everything between the first and the last different line counts as replaced instead.
 *
 * @param parts the parts in their order; a removed part comes before the added one that replaces it
 */
public record TextDiff(List<Part> parts) {
    /** Copies the parts; refuses null with an {@link io.promptforge.dao.error.InvalidValueException}. */
    public TextDiff {
        parts = List.copyOf(Check.present("parts", parts));
    }

    /** Which of the texts has the lines. */
    public enum Kind {
        /** Both texts have them. */
        EQUAL,
        /** Only the old text has them. */
        REMOVED,
        /** Only the new text has them. */
        ADDED
    }

    /**
     * Consecutive lines of one kind.
     *
     * @param kind which of the texts has the lines
     * @param lines the lines, each with the line break that ends it ({@code \n}, {@code \r\n} or {@code \r}), which the last
     *     line of a text may lack
     */
    public record Part(Kind kind, List<String> lines) {
        /** Copies the lines; refuses null with an {@link io.promptforge.dao.error.InvalidValueException}. */
        public Part {
            Check.present("kind", kind);
            lines = List.copyOf(Check.present("lines", lines));
        }
    }

    /** The changes that lead from one text to another. */
    public static TextDiff between(String before, String after) {
        List<String> old = lines(Check.present("before", before));
        List<String> now = lines(Check.present("after", after));
        Map<String, Integer> numbers = new HashMap<>();
        LineDiff diff = new LineDiff(numbered(old, numbers), numbered(now, numbers));
        List<Part> parts = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            int removedTo = diff.removed().nextClearBit(i);
            int addedTo = diff.added().nextClearBit(j);
            add(parts, Kind.REMOVED, old.subList(i, removedTo));
            add(parts, Kind.ADDED, now.subList(j, addedTo));
            i = next(diff.removed().nextSetBit(removedTo), old.size());
            j = next(diff.added().nextSetBit(addedTo), now.size());
            int equal = Math.min(i - removedTo, j - addedTo);
            add(parts, Kind.EQUAL, old.subList(removedTo, removedTo + equal));
            i = removedTo + equal;
            j = addedTo + equal;
        }
        return new TextDiff(parts);
    }

    /** Whether the texts are equal. */
    public boolean isEmpty() {
        return parts.stream().allMatch(part -> part.kind() == Kind.EQUAL);
    }

    private static int next(int setBit, int end) {
        return setBit < 0 ? end : setBit;
    }

    private static void add(List<Part> parts, Kind kind, List<String> lines) {
        if (!lines.isEmpty()) {
            parts.add(new Part(kind, lines));
        }
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1))) {
                lines.add(text.substring(start, i + 1));
                start = i + 1;
            }
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }

    /** Equal lines get equal numbers, which are compared faster. */
    private static int[] numbered(List<String> lines, Map<String, Integer> numbers) {
        return lines.stream()
                .mapToInt(line -> numbers.computeIfAbsent(line, unknown -> numbers.size()))
                .toArray();
    }
}
