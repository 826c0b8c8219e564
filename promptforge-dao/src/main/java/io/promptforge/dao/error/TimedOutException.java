package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/**
 * The database gave up a statement because a {@linkplain #limit limit} of time was reached; nothing of the call was written. Trying
 * it again may succeed, if there is less to do or less traffic.
 */
public final class TimedOutException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    private final Limit limit;

    /**
     * A limit that was reached.
     *
     * @param limit which one
     * @param message what happened and what to do about it
     * @param cause the error of the database, if there is one
     */
    public TimedOutException(Limit limit, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.limit = limit;
    }

    /** Which limit was reached. */
    public Limit limit() {
        return limit;
    }

    /** The limits of time. */
    public enum Limit {
        /** {@code statement_timeout}, or a cancellation by the driver or an administrator. */
        STATEMENT,
        /** {@code lock_timeout}: another transaction holds the lock. */
        LOCK,
        /** {@code transaction_timeout}: the transaction was rolled back, and its connection closed. */
        TRANSACTION
    }
}
