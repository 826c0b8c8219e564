package io.promptforge.dao.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** String literals of Python, and what its methods make of strings. */
final class PythonStrings {
    private static final Pattern LINE_END = Pattern.compile("\\r\\n|[\\n\\r\\x0b\\f\\x1c-\\x1e\\x85\\u2028\\u2029]");

    private PythonStrings() {}

    /** The text of a literal in quotes. An escape that is not one of the common ones stands for itself. */
    static String unquoted(String literal) {
        StringBuilder text = new StringBuilder();
        int i = 1;
        while (i < literal.length() - 1) {
            char c = literal.charAt(i);
            if (c != '\\') {
                text.append(c);
                i++;
                continue;
            }
            char escaped = literal.charAt(i + 1);
            int place = "nrtbf\\'\"".indexOf(escaped);
            boolean isUnicode = escaped == 'u'
                    && literal.substring(i + 2, Math.min(i + 6, literal.length()))
                            .matches("[0-9a-fA-F]{4}");
            if (isUnicode) {
                text.append((char) Integer.parseInt(literal.substring(i + 2, i + 6), 16));
            } else if (place >= 0) {
                text.append("\n\r\t\b\f\\'\"".charAt(place));
            } else if (escaped != '\n') {
                text.append('\\').append(escaped);
            }
            i += isUnicode ? 6 : 2;
        }
        return text.toString();
    }

    /** Without the characters at both ends; without white space if none are given. */
    static String strip(String text, @Nullable String characters) {
        return stripStart(stripEnd(text, characters), characters);
    }

    static String stripStart(String text, @Nullable String characters) {
        int start = 0;
        while (start < text.length() && isStripped(text.codePointAt(start), characters)) {
            start += Character.charCount(text.codePointAt(start));
        }
        return text.substring(start);
    }

    static String stripEnd(String text, @Nullable String characters) {
        int end = text.length();
        while (end > 0 && isStripped(text.codePointBefore(end), characters)) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(0, end);
    }

    private static boolean isStripped(int c, @Nullable String characters) {
        return characters == null ? isSpace(c) : characters.indexOf(c) >= 0;
    }

    /** As {@code str.isspace}. */
    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    /** The first character in upper case and the others in lower case. */
    static String capitalized(String text) {
        int first = text.isEmpty() ? 0 : text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT)
                + text.substring(first).toLowerCase(Locale.ROOT);
    }

    /**
     * With another text in the place of one, which is not empty.
     *
     * @param count how often at most, from the start; null or below zero for all
     */
    static String replaced(String text, String old, String now, @Nullable Integer count) {
        if (count == null || count < 0) {
            return text.replace(old, now);
        }
        StringBuilder replaced = new StringBuilder();
        int at = 0;
        for (int i = 0; i < count; i++) {
            int found = text.indexOf(old, at);
            if (found < 0) {
                break;
            }
            replaced.append(text, at, found).append(now);
            at = found + old.length();
        }
        return replaced.append(text.substring(at)).toString();
    }

    /** The lines, without a last one that is empty. */
    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(List.of(LINE_END.split(text, -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }
}
