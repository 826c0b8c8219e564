package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/**
 * The failure of a call; every exception of this library is one. A subclass names the kind; this class itself is for the errors
 * of a database that a caller cannot handle.
 *
 * <p>What a program needs to handle a failure is in the fields of the subclass; the message is for people. It names the field and
 * the problem, never secrets or whole documents. Unless a subclass says otherwise, the failed call has changed nothing.
 */
public class PromptForgeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message what happened and what to do about it
     * @param cause the error of the database or the driver, if there is one
     */
    public PromptForgeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
