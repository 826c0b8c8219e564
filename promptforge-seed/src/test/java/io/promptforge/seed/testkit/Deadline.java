package io.promptforge.seed.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for an effect of another thread or process. */
public final class Deadline {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(5);

    private Deadline() {}

    public static void await(String what, Callable<Boolean> happened) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!happened.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within " + LIMIT.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
