package io.promptforge.dao.model.naming;

import java.util.List;
import java.util.Locale;

/** A pattern of names, in which {@code *} stands for any characters, also none. Letter case does not count. */
final class NamePattern {
    private final List<String> parts;

    NamePattern(String pattern) {
        parts = List.of(pattern.toLowerCase(Locale.ROOT).split("\\*", -1));
    }

    static boolean isPattern(String alias) {
        return alias.indexOf('*') >= 0;
    }

    /** How many characters it demands: of two patterns, the longer one says more. */
    int length() {
        return parts.stream().mapToInt(String::length).sum();
    }

    /** Whether it matches a name in lower case. Looks for one part after the other, so that no pattern takes long. */
    boolean matches(String name) {
        String first = parts.get(0);
        String last = parts.get(parts.size() - 1);
        int end = name.length() - last.length();
        if (!name.startsWith(first) || !name.endsWith(last) || first.length() > end) {
            return false;
        }
        int from = first.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = name.indexOf(part, from);
            if (found < 0) {
                return false;
            }
            from = found + part.length();
        }
        return from <= end;
    }
}
