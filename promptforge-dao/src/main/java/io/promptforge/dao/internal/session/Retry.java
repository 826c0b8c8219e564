package io.promptforge.dao.internal.session;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.RetryableException.Reason;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Runs a transaction again after a deadlock, a serialization failure or a write that a read-only server refused. A random pause
 * before it keeps the transactions that met from meeting again.
 */
final class Retry {
    private static final long FIRST_PAUSE_NANOS = 2_000_000;
    private static final int MOST_DOUBLINGS = 7;
    private static final int MOST_ATTEMPTS = 100;

    /** They mean that nothing was written; after a lost connection its commit may have succeeded. */
    private static final Set<Reason> WORTH_ANOTHER_RUN =
            EnumSet.of(Reason.DEADLOCK, Reason.SERIALIZATION_FAILURE, Reason.READ_ONLY);

    private Retry() {}

    static <T> T upTo(int attempts, Supplier<T> work) {
        if (attempts < 1 || attempts > MOST_ATTEMPTS) {
            throw new InvalidValueException(
                    "attempts",
                    "Work cannot be attempted " + attempts + " times.",
                    "Give 1 to " + MOST_ATTEMPTS + ".",
                    null);
        }
        for (int attempt = 1; attempt < attempts; attempt++) {
            try {
                return work.get();
            } catch (RetryableException e) {
                if (!WORTH_ANOTHER_RUN.contains(e.reason())) {
                    throw e;
                }
                pause(attempt);
            }
        }
        return work.get();
    }

    private static void pause(int attempt) {
        long longest = FIRST_PAUSE_NANOS << Math.min(attempt, MOST_DOUBLINGS);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
    }
}
