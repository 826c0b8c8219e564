package io.promptforge.dao.template;

import io.promptforge.dao.error.TemplateSyntaxException;
import io.promptforge.dao.error.UnsupportedTemplateException;

/** The text of a template, and where in it something is. */
record Source(String text) {
    /** The deepest nesting of blocks and expressions, so that walks that call themselves end in any thread. */
    static final int DEEPEST = 100;

    TemplateSyntaxException error(int offset, String problem) {
        return new TemplateSyntaxException(problem, line(offset), column(offset));
    }

    UnsupportedTemplateException unsupported(int offset, String construct) {
        return new UnsupportedTemplateException(construct, line(offset), column(offset));
    }

    /** The tag from start to end, with the rest of its line if nothing else but spaces is in it. */
    Range wholeLine(int start, int end) {
        int from = start;
        while (from > 0 && isSpace(text.charAt(from - 1))) {
            from--;
        }
        int to = end;
        while (to < text.length() && isSpace(text.charAt(to))) {
            to++;
        }
        boolean begins = from == 0 || text.charAt(from - 1) == '\n';
        boolean ends = to == text.length() || text.charAt(to) == '\n' || text.startsWith("\r\n", to);
        return begins && ends
                ? new Range(from, Math.min(text.length(), text.startsWith("\r\n", to) ? to + 2 : to + 1))
                : new Range(start, end);
    }

    /** The begin of the white space before an offset. */
    int skipBack(int offset) {
        int from = offset;
        while (from > 0 && Character.isWhitespace(text.charAt(from - 1))) {
            from--;
        }
        return from;
    }

    /** The end of the white space behind an offset. */
    int skip(int offset) {
        int to = offset;
        while (to < text.length() && Character.isWhitespace(text.charAt(to))) {
            to++;
        }
        return to;
    }

    /** The offset behind a text in quotes, in which a backslash escapes the character behind it; -1 if it does not end. */
    static int endOfQuoted(String text, int quote) {
        int i = quote + 1;
        while (i < text.length() && text.charAt(i) != text.charAt(quote)) {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return i < text.length() ? i + 1 : -1;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private int line(int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    private int column(int offset) {
        return offset - text.lastIndexOf('\n', offset - 1);
    }

    /** Characters of the text, without the one at the end. */
    record Range(int start, int end) {}
}
