package io.promptforge.dao.internal.session;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.RetryableException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Tries work again that lost against other transactions, after a short and random pause, so that they part ways. */
final class Retry {
    private static final long FIRST_PAUSE_NANOS = 2_000_000;
    private static final int MOST_DOUBLINGS = 7;
    private static final int MOST_ATTEMPTS = 100;

    private Retry() {}

    static <T> T upTo(int attempts, Supplier<T> work) {
        if (attempts < 1 || attempts > MOST_ATTEMPTS) {
            throw new InvalidValueException(
                    "attempts", "Work is attempted 1 to " + MOST_ATTEMPTS + " times, not " + attempts + ".", null);
        }
        for (int attempt = 1; attempt < attempts; attempt++) {
            try {
                return work.get();
            } catch (RetryableException e) {
                if (!e.lostAgainstOthers()) {
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
