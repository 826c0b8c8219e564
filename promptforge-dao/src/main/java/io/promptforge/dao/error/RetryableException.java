package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/** A call failed for a {@linkplain #reason reason} that may pass; trying it again may succeed. */
public final class RetryableException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * A failure that may pass.
     *
     * @param reason why it failed
     * @param message what happened and what to do about it
     * @param cause the error of the database or the pool, if there is one
     */
    public RetryableException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why the call failed. */
    public Reason reason() {
        return reason;
    }

    /** Why a call failed that may be tried again. */
    public enum Reason {
        /** The transaction was rolled back to end a deadlock. */
        DEADLOCK,
        /** The transaction was rolled back because it cannot be ordered among concurrent ones. */
        SERIALIZATION_FAILURE,
        /**
         * The server or the connection accepts no writes; nothing was written. It passes when the pool has found the new primary
         * server after a failover, and stays if the role or the database is set to {@code default_transaction_read_only}.
         */
        READ_ONLY,
        /**
         * There is no connection, it was lost, or the server has no resources left. If it was lost during a commit, the commit
         * may have succeeded.
         */
        NO_CONNECTION,
        /** The work was not done within the given time, and goes on in the background. */
        NOT_DONE_IN_TIME
    }
}
