package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/** A value that must be unique is taken. */
public final class AlreadyExistsException extends FieldException {
    private static final long serialVersionUID = 1L;

    /**
     * A clash.
     *
     * @param field the field to blame
     * @param message what is wrong with it
     * @param cause what the database reported, if it was the one to notice
     */
    public AlreadyExistsException(String field, String message, @Nullable Throwable cause) {
        super(field, message, cause);
    }
}
