package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/**
 * What every failure of this library is. The subclass says what kind; this class itself stands for database errors that
 * are of no kind the caller could do anything about.
 *
 * <p>Messages name the field and what is wrong with it, never secrets or whole documents. Unless a subclass says
 * otherwise, the failed call has changed nothing.
 */
public class PromptForgeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message what happened and what to do about it
     * @param cause what the database or driver reported, if it was one of them
     */
    public PromptForgeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
