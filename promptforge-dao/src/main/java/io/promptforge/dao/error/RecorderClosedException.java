package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/** The recorder is closed: it accepts no trace, or ended before it could store one that it had accepted. */
public final class RecorderClosedException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    /**
     * A closed recorder.
     *
     * @param message what happened and what to do about it
     * @param cause why storing failed; null if it did not
     */
    public RecorderClosedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
