package io.promptforge.schema;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which migrations a schema has, beside those that this library ships.
 *
 * @param schema the schema that was looked at; it need not exist
 * @param migrations every migration that is shipped or was applied, oldest first
 */
public record MigrationStatus(String schema, List<Migration> migrations) {

    public MigrationStatus {
        migrations = List.copyOf(migrations);
    }

    /** The newest version the schema has; empty when it has none. */
    public Optional<String> currentVersion() {
        return migrations.stream()
                .filter(migration -> migration.installedAt().isPresent() && migration.state() != State.FAILED)
                .map(Migration::version)
                .reduce((older, newer) -> newer);
    }

    /** Whether the schema is exactly what this library works with. */
    public boolean upToDate() {
        return migrations.stream().allMatch(migration -> migration.state() == State.APPLIED);
    }

    /**
     * One migration.
     *
     * @param version its number
     * @param description what it brings, in words
     * @param state where it stands in this schema
     * @param installedAt when it was applied; empty when it was not. Flyway records it in the time zone of the JVM that
     *     applied it, without naming the zone: from a JVM in another zone it is off by the difference
     * @param executionTime how long its script ran; empty when it was not applied
     */
    public record Migration(
            String version,
            String description,
            State state,
            Optional<Instant> installedAt,
            Optional<Duration> executionTime) {}

    /** Where a migration stands. Everything but {@link #APPLIED} and {@link #PENDING} needs a person. */
    public enum State {
        /** Applied, and as shipped. */
        APPLIED,
        /** Shipped and not applied yet; {@link Migrations#apply()} will apply it. */
        PENDING,
        /** Shipped and not applied, although a later one is. */
        SKIPPED,
        /** Applied, but from a script that differs from the shipped one. */
        EDITED,
        /** Applied, but no longer shipped. */
        MISSING,
        /** Applied by a newer release of this library. */
        NEWER,
        /** Recorded as begun and not finished. */
        FAILED
    }
}
