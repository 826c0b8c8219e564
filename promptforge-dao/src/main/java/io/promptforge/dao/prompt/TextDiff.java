package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.check.Check;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What differs between two texts, by lines. The lines of the parts that are not {@link Kind#ADDED}, put together, are the
 * old text; those of the parts that are not {@link Kind#REMOVED}, the new one.
 *
 * <p>As few lines as possible are removed and added, unless so many changed that the fewest would take long to find:
 * then everything between the first and the last line that differs counts as replaced.
 *
 * @param parts the parts in their order; a removed one comes before the added one that takes its place
 */
public record TextDiff(List<Part> parts) {
    /** Keeps a copy of the parts. */
    public TextDiff {
        parts = List.copyOf(Check.present("parts", parts));
    }

    /** What happened to lines. */
    public enum Kind {
        /** They are in both texts. */
        EQUAL,
        /** They are in the old text only. */
        REMOVED,
        /** They are in the new text only. */
        ADDED
    }

    /**
     * Lines that the same happened to.
     *
     * @param kind what happened
     * @param lines the lines, each with the line break that ends it ({@code \n}, {@code \r\n} or {@code \r}), which the last
     *     line of a text may lack
     */
    public record Part(Kind kind, List<String> lines) {
        /** Keeps a copy of the lines. */
        public Part {
            Check.present("kind", kind);
            lines = List.copyOf(Check.present("lines", lines));
        }
    }

    /** What has to be done to one text to get the other. */
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
