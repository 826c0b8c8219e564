package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/** The id in a field names nothing in this tenant. */
public final class InvalidReferenceException extends FieldException {
    private static final long serialVersionUID = 1L;

    /**
     * A dangling reference.
     *
     * @param field the field to blame
     * @param message what is wrong with it
     * @param cause what the database reported, if it was the one to notice
     */
    public InvalidReferenceException(String field, String message, @Nullable Throwable cause) {
        super(field, message, cause);
    }
}
