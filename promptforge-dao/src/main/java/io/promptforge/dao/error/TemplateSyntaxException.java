package io.promptforge.dao.error;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A template is not one of its format: a block is not closed, for example. */
public final class TemplateSyntaxException extends FieldException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /**
     * An error in the field {@code template}.
     *
     * @param problem what is wrong, as a clause without a full stop
     * @param line the line, from 1
     * @param column the character of the line, from 1
     */
    public TemplateSyntaxException(String problem, int line, int column) {
        super(
                "template",
                "The template has an error at line " + line + ", column " + column + ": " + problem + ".",
                "Give a text of the template's format, or set the format plain.",
                null);
        this.line = line;
        this.column = column;
    }

    private TemplateSyntaxException(TemplateSyntaxException refusal, String path, @Nullable UUID elementId) {
        super(refusal, path, elementId);
        this.line = refusal.line;
        this.column = refusal.column;
    }

    /** The line of the error, from 1. */
    public int line() {
        return line;
    }

    /** The character of the line where the error is, from 1. */
    public int column() {
        return column;
    }

    @Override
    public TemplateSyntaxException at(String path, @Nullable UUID elementId) {
        return new TemplateSyntaxException(this, path, elementId);
    }
}
