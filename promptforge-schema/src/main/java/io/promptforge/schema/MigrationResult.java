package io.promptforge.schema;

import java.time.Duration;
import java.util.Optional;

/**
 * The result of {@link Migrations#apply()}.
 *
 * @param schema the migrated schema
 * @param from the version before; empty when no script was applied
 * @param to the version now, which is the newest that this library ships
 * @param applied the number of scripts that this call ran, without those that another replica ran meanwhile
 * @param duration how long the call took
 */
public record MigrationResult(String schema, Optional<String> from, String to, int applied, Duration duration) {}
