package io.promptforge.schema;

import java.time.Duration;
import java.util.Optional;

/**
 * What {@link Migrations#rollback(int)} or {@link Migrations#rollbackTo(String)} did.
 *
 * @param schema the schema that was rolled back
 * @param from the version the schema had before; empty when there was nothing to undo
 * @param to the version the schema has now; empty when every script was undone
 * @param undone how many scripts were undone
 * @param duration how long the call took
 */
public record RollbackResult(
        String schema, Optional<String> from, Optional<String> to, int undone, Duration duration) {}
