package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/** A failure that one field of the input is to blame for. */
public abstract sealed class FieldException extends PromptForgeException
        permits AlreadyExistsException, InvalidReferenceException, InvalidValueException {
    private static final long serialVersionUID = 1L;

    private final String field;

    FieldException(String field, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.field = field;
    }

    /** The field to blame, by its name in the database: {@code name}, {@code provider_model_id}. */
    public String field() {
        return field;
    }
}
