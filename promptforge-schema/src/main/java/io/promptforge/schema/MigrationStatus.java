package io.promptforge.schema;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The applied and the shipped migrations of a schema.
 *
 * @param schema the name of the schema, which need not exist
 * @param migrations every migration that is shipped or applied, oldest first
 */
public record MigrationStatus(String schema, List<Migration> migrations) {

    public MigrationStatus {
        migrations = List.copyOf(migrations);
    }

    /** The newest applied version; empty when none is applied. */
    public Optional<String> currentVersion() {
        return migrations.stream()
                .filter(migration -> migration.installedAt().isPresent() && migration.state() != State.FAILED)
                .map(Migration::version)
                .reduce((older, newer) -> newer);
    }

    /** Whether exactly the shipped migrations are applied. */
    public boolean upToDate() {
        return migrations.stream().allMatch(migration -> migration.state() == State.APPLIED);
    }

    /**
     * One migration.
     *
     * @param version its number
     * @param description the words of the file name
     * @param state its state in this schema
     * @param installedAt when it was applied; empty when it was not. Flyway stores the local time of the JVM without the time
     *     zone, so a JVM in another zone reads it with the difference of the zones
     * @param executionTime how long its script ran, in milliseconds' precision; empty when it was not applied
     */
    public record Migration(
            String version,
            String description,
            State state,
            Optional<Instant> installedAt,
            Optional<Duration> executionTime) {}

    /** The state of a migration. All states but {@link #APPLIED} and {@link #PENDING} need manual work. */
    public enum State {
        /** Applied as shipped. */
        APPLIED,
        /** Shipped and not applied; {@link Migrations#apply()} applies it. */
        PENDING,
        /** Shipped and not applied, although a later one is applied. */
        SKIPPED,
        /** Applied, but from a script that differs from the shipped one. */
        EDITED,
        /** Applied, but no longer shipped. */
        MISSING,
        /** Applied by a newer release of this library. */
        NEWER,
        /** Recorded as started, but not as finished. */
        FAILED
    }
}
