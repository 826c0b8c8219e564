package io.promptforge.schema;

import io.promptforge.schema.MigrationException.Reason;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates when no other process does. It waits without a connection: behind a pooler, those that wait must not take the
 * connections that the one that migrates needs.
 */
final class Turn {

    private static final Logger log = LoggerFactory.getLogger(Turn.class);

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final SchemaAccess access;
    private final Scripts scripts;
    private final History before;

    /**
     * The turn of this process.
     *
     * @param before the history that the caller has seen
     */
    Turn(SchemaAccess access, Scripts scripts, History before) {
        this.access = access;
        this.scripts = scripts;
        this.before = before;
    }

    /** Applies the pending scripts; returns how many this process applied. */
    int migrate() {
        long end = System.nanoTime() + LONGEST.toNanos();
        AtomicInteger applied = new AtomicInteger();
        boolean done = FlywayRun.migrate(access.privileged(), scripts, applied);
        while (!done) {
            if (System.nanoTime() > end) {
                throw new MigrationException(
                        Reason.BUSY,
                        access.work().schema(),
                        null,
                        "another process holds the lock for " + LONGEST.toMinutes() + " minutes",
                        "Find it in pg_locks, with locktype advisory, and try again when it has ended");
            }
            log.debug(
                    "Another process migrates schema {}; waiting for it",
                    access.work().schema());
            pause();
            done = isUpToDate() || FlywayRun.migrate(access.privileged(), scripts, applied);
        }
        return applied.get();
    }

    private boolean isUpToDate() {
        History now = access.historyBeforeApply();
        boolean rolledBack = before.applied().stream()
                .anyMatch(applied -> now.find(applied.version()).isEmpty());
        if (rolledBack) {
            throw rolledBack(access.work().schema(), now);
        }
        return new MigrationComparison(access.work().schema(), scripts, now)
                .status()
                .upToDate();
    }

    static MigrationException rolledBack(String schema, History now) {
        return new MigrationException(
                Reason.BUSY,
                schema,
                null,
                "the schema was rolled back at the same time, to "
                        + now.currentVersion().orElse("no version"),
                "Run again to migrate it nevertheless");
    }

    private static void pause() {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE.toNanos(), LONGEST_PAUSE.toNanos()));
    }
}
