package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/** A deadlock, a serialization failure or a lost connection: the same call may succeed when tried again. */
public final class RetryableException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    /**
     * A passing failure.
     *
     * @param message what happened and what to do about it
     * @param cause what the database reported, if it was the one to notice
     */
    public RetryableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
