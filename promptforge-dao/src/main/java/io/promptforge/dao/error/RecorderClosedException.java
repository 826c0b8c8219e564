package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/** A recorder was closed: before something was given to it, or before it could store what it had accepted. */
public final class RecorderClosedException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    /**
     * A recorder that does no more.
     *
     * @param message what happened and what to do about it
     * @param cause why storing failed, if it did
     */
    public RecorderClosedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
