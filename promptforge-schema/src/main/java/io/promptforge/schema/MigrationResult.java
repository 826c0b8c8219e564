package io.promptforge.schema;

import java.time.Duration;
import java.util.Optional;

/**
 * What {@link Migrations#apply()} did.
 *
 * @param schema the migrated schema
 * @param from the version the schema had before; empty when no script had been applied
 * @param to the version the schema has now: the newest that this library ships
 * @param applied how many scripts this call ran; of several replicas that start at once, each counts only its own
 * @param duration how long the call took
 */
public record MigrationResult(String schema, Optional<String> from, String to, int applied, Duration duration) {}
