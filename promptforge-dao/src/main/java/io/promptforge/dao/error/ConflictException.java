package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/** The thing was changed by somebody else since the caller read it: read it again and decide. */
public final class ConflictException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    /**
     * A lost race.
     *
     * @param message what happened and what to do about it
     * @param cause what the database reported, if it was the one to notice
     */
    public ConflictException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
