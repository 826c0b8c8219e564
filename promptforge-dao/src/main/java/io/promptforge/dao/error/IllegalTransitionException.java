package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/** A status cannot follow the present one. */
public final class IllegalTransitionException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    /**
     * A refused transition.
     *
     * @param message what happened and what to do about it
     * @param cause what the database reported, if it was the one to notice
     */
    public IllegalTransitionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
