package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/** A value is not one that its field accepts. */
public final class InvalidValueException extends FieldException {
    private static final long serialVersionUID = 1L;

    /**
     * A refused value.
     *
     * @param field the field to blame
     * @param message what is wrong with it
     * @param cause what the database reported, if it was the one to notice
     */
    public InvalidValueException(String field, String message, @Nullable Throwable cause) {
        super(field, message, cause);
    }
}
