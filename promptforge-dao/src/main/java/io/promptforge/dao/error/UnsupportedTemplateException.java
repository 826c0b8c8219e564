package io.promptforge.dao.error;

/**
 * A template cannot be rendered, because it uses something that is not part of its format's core: a helper of an application, a macro, a
 * partial. Its variables are known nevertheless.
 */
public final class UnsupportedTemplateException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    private final String construct;
    private final int line;
    private final int column;

    /**
     * A refusal to render.
     *
     * @param construct what is not supported: {@code the helper formatDate}
     * @param line the line, from 1
     * @param column the character of the line, from 1
     */
    public UnsupportedTemplateException(String construct, int line, int column) {
        super(
                "The template cannot be rendered: " + construct + " at line " + line + ", column " + column
                        + " is not supported.",
                null);
        this.construct = construct;
        this.line = line;
        this.column = column;
    }

    /** What is not supported: {@code the helper formatDate}. */
    public String construct() {
        return construct;
    }

    /** The line of the construct, from 1. */
    public int line() {
        return line;
    }

    /** The character of the line where the construct begins, from 1. */
    public int column() {
        return column;
    }
}
