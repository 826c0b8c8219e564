package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/** The database refuses the access: to the role of the connection, or to write in work that only reads. */
public final class AccessDeniedException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    /**
     * A refused access.
     *
     * @param message what happened and what to do about it
     * @param cause the error of the database, if there is one
     */
    public AccessDeniedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
