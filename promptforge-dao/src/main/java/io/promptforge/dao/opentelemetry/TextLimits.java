package io.promptforge.dao.opentelemetry;

/** Lengths of texts as PostgreSQL counts them, in code points, and whether a text is blank. */
final class TextLimits {
    private TextLimits() {}

    /** The text up to this many characters. */
    static String cut(String text, int most) {
        return fits(text, most) ? text : text.substring(0, text.offsetByCodePoints(0, most));
    }

    /** Whether it has no more than this many characters. */
    static boolean fits(String text, int most) {
        return text.length() <= most || text.codePointCount(0, text.length()) <= most;
    }

    /** Whether it has a character that neither Java nor PostgreSQL treats as white space. */
    static boolean isVisible(String text) {
        return text.codePoints().anyMatch(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c) && c != 0x85);
    }
}
