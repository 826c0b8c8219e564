package io.promptforge.schema;

import io.promptforge.schema.internal.ScriptSettings;
import io.promptforge.schema.internal.SqlState;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a migration or a rollback goes on trying while others are in its way.
 *
 * <p>A statement that waits for an ACCESS EXCLUSIVE lock lets all later statements on that table wait behind it, those of the
 * service too. So each try waits for locks only for {@link ScriptSettings#LOCK_TIMEOUT}, and the pause between two tries is several
 * times as long.
 */
final class Patience {

    static final Duration DEFAULT = Duration.ofMinutes(10);

    private final Duration longest;
    private final long start = System.nanoTime();

    Patience(Duration longest) {
        this.longest = longest;
    }

    boolean isOver() {
        return System.nanoTime() - start > longest.toNanos();
    }

    /** Whether trying again may help: the error is a lock that was not given in time, or a deadlock. */
    static boolean helpsAgainst(Throwable error) {
        String code = SqlState.of(error);
        return code.equals(SqlState.LOCK_NOT_AVAILABLE) || code.equals(SqlState.DEADLOCK_DETECTED);
    }

    /** Waits for another process that migrates. */
    void untilNextLook() {
        park(Duration.ofMillis(50), Duration.ofMillis(500));
    }

    /** Waits for a lock on a table, while the service's statements run. */
    void untilNextTry() {
        park(Duration.ofMillis(800), Duration.ofMillis(1600));
    }

    private static void park(Duration shortest, Duration longest) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(shortest.toNanos(), longest.toNanos()));
    }
}
