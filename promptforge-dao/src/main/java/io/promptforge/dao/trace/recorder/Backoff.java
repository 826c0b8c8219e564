package io.promptforge.dao.trace.recorder;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The pause after a number of failures in a row; random, so that services do not retry at the same moment. */
final class Backoff {
    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST_DOUBLINGS = 7;

    private Backoff() {}

    /** Nanoseconds. */
    static long after(int failures) {
        long pause = Math.min(LONGEST, FIRST << Math.min(failures - 1, MOST_DOUBLINGS));
        return ThreadLocalRandom.current().nextLong(pause / 2, pause);
    }
}
