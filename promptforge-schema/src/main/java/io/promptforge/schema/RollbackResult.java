package io.promptforge.schema;

import java.time.Duration;
import java.util.Optional;

/**
 * The result of {@link Migrations#rollback(int)} and {@link Migrations#rollbackTo(String)}.
 *
 * @param schema the schema that was rolled back
 * @param from the version before; empty when no script was applied
 * @param to the version now; empty when no script is applied any more
 * @param undone the number of scripts that were undone
 * @param duration how long the call took
 */
public record RollbackResult(
        String schema, Optional<String> from, Optional<String> to, int undone, Duration duration) {}
