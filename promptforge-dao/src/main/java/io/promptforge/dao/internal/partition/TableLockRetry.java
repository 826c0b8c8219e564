package io.promptforge.dao.internal.partition;

import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.RetryableException.Reason;
import io.promptforge.dao.error.TimedOutException;
import io.promptforge.dao.error.TimedOutException.Limit;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Repeats work that locks whole tables for a moment. While it waits for its lock, all later statements on the table queue behind
 * it; so each attempt has a short lock timeout, after which the queue proceeds.
 */
public final class TableLockRetry {
    /** Less than PostgreSQL's default deadlock_timeout, so that in a deadlock this work fails, not the other transaction. */
    public static final String SHORT_LOCK_TIMEOUT = "SET LOCAL lock_timeout TO '500ms'";

    private static final int ATTEMPTS = 4;

    private TableLockRetry() {}

    /** The result of the work; empty if a table was locked in every attempt. */
    public static <T> Optional<T> attempt(Supplier<T> work) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return Optional.of(work.get());
            } catch (TimedOutException e) {
                if (e.limit() != Limit.LOCK) {
                    throw e;
                }
            } catch (RetryableException e) {
                if (e.reason() == Reason.NO_CONNECTION || e.reason() == Reason.READ_ONLY) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }
}
