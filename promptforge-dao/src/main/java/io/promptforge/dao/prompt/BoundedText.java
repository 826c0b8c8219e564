package io.promptforge.dao.prompt;

import java.util.regex.Pattern;

/** A text that can be looked at only so often, since a pattern of a schema may take exponential time for a short name. */
final class BoundedText implements CharSequence {
    private static final int MOST_LOOKS = 100_000;

    private final CharSequence text;
    private int looks;

    private BoundedText(CharSequence text) {
        this.text = text;
    }

    /** Whether the pattern is found in the text; also true if that takes too long to tell. */
    static boolean isFound(Pattern pattern, String text) {
        try {
            return pattern.matcher(new BoundedText(text)).find();
        } catch (IndexOutOfBoundsException e) {
            return true;
        }
    }

    @Override
    public char charAt(int index) {
        looks++;
        if (looks > MOST_LOOKS) {
            throw new IndexOutOfBoundsException("too many looks");
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
