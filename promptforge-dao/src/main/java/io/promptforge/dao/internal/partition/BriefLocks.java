package io.promptforge.dao.internal.partition;

import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.RetryableException.Reason;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs work that locks whole tables for a moment. While it waits for a lock, later transactions queue behind it; so it waits
 * briefly, lets the queue pass, and tries again.
 */
public final class BriefLocks {
    /** Shorter than PostgreSQL's deadlock_timeout, so that a deadlock ends this work and not another transaction. */
    public static final String WAIT_BRIEFLY = "SET LOCAL lock_timeout TO '500ms'";

    private static final int ATTEMPTS = 4;

    private BriefLocks() {}

    /** Runs the work and returns its result; empty if a table stayed locked. */
    public static <T> Optional<T> attempt(Supplier<T> work) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return Optional.of(work.get());
            } catch (RetryableException e) {
                if (e.reason() == Reason.NO_CONNECTION) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }
}
