package io.promptforge.dao.internal.partition;

import io.promptforge.dao.error.RetryableException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Work that needs tables for itself for a moment. Whoever comes after it queues behind it while it waits, so it waits
 * briefly, lets the queue through, and tries again.
 */
public final class BriefLocks {
    /** Less than PostgreSQL's deadlock_timeout, so that it is never others who lose. */
    public static final String WAIT_BRIEFLY = "SET LOCAL lock_timeout TO '500ms'";

    private static final int ATTEMPTS = 4;

    private BriefLocks() {}

    /** What the work gives; empty if a table stayed locked. */
    public static <T> Optional<T> attempt(Supplier<T> work) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return Optional.of(work.get());
            } catch (RetryableException e) {
                if (!e.lostAgainstOthers() && !waitedInVain(e)) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean waitedInVain(RetryableException e) {
        return e.getCause() instanceof SQLException reported && "55P03".equals(reported.getSQLState());
    }
}
