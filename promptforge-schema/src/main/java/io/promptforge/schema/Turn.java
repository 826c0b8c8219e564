package io.promptforge.schema;

import io.promptforge.schema.MigrationException.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates when no other process does, and when no transaction holds a lock that a script needs. It waits without a connection:
 * behind a pooler, those that wait must not take the connections that the one that migrates needs.
 */
final class Turn {

    private static final Logger log = LoggerFactory.getLogger(Turn.class);

    private final SchemaAccess access;
    private final Scripts scripts;
    private final History before;
    private final Patience patience;

    /**
     * The turn of this process.
     *
     * @param before the history that the caller has seen
     * @param longest how long to go on trying
     */
    Turn(SchemaAccess access, Scripts scripts, History before, Duration longest) {
        this.access = access;
        this.scripts = scripts;
        this.before = before;
        this.patience = new Patience(longest);
    }

    /** Applies the pending scripts; returns how many this process applied. */
    int migrate() {
        AtomicInteger applied = new AtomicInteger();
        Optional<MigrationException> obstacle = FlywayRun.migrate(access.privileged(), scripts, applied);
        while (obstacle.isPresent()) {
            MigrationException busy = obstacle.get();
            if (patience.isOver()) {
                throw busy;
            }
            log.debug("Migrating schema {} waits: {}", access.work().schema(), busy.getMessage());
            if (busy.version().isPresent()) {
                patience.untilNextTry();
            } else {
                patience.untilNextLook();
            }
            obstacle = isUpToDate() ? Optional.empty() : FlywayRun.migrate(access.privileged(), scripts, applied);
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
}
