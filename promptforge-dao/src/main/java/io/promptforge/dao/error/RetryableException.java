package io.promptforge.dao.error;

import java.sql.SQLException;
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

    /**
     * Whether the database gave the transaction up in favour of others (a deadlock or a serialization failure), so that
     * nothing of it was done. After a lost connection, by contrast, nobody knows whether the last commit went through.
     */
    public boolean lostAgainstOthers() {
        return getCause() instanceof SQLException reported
                && ("40P01".equals(reported.getSQLState()) || "40001".equals(reported.getSQLState()));
    }
}
