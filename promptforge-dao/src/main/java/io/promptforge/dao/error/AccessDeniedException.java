package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/** The database role of the connection may not do this. */
public final class AccessDeniedException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    /**
     * A refused access.
     *
     * @param message what happened and what to do about it
     * @param cause what the database reported, if it was the one to notice
     */
    public AccessDeniedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
