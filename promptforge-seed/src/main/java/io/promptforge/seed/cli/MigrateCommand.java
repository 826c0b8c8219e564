package io.promptforge.seed.cli;

import io.promptforge.schema.MigrationResult;
import io.promptforge.schema.Migrations;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "migrate",
        description = {
            "Applies the pending migrations.",
            "Services may go on working: a migration that is not given a lock at once gives up and tries again."
        },
        footer = {"  promptforge migrate", "  promptforge migrate --wait 30s    # for a job that must not hang"})
final class MigrateCommand extends DatabaseCommand {
    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Go on trying for this time while locks or another migration are in the way. Default: 10m.")
    private @Nullable Duration wait;

    @Override
    public Integer call() {
        Migrations migrations = database.migrations();
        MigrationResult result = (wait == null ? migrations : migrations.waitingAtMost(wait)).apply();
        out().line(
                        result.applied() == 0
                                ? "Schema " + result.schema() + " is up to date at version " + result.to() + "."
                                : "Schema " + result.schema() + " is now at version " + result.to()
                                        + "; migrations applied: " + result.applied() + ".");
        result(() -> document(result));
        return 0;
    }

    static Map<String, Object> document(MigrationResult result) {
        return JsonDocument.of(
                "schema",
                result.schema(),
                "from",
                result.from(),
                "to",
                result.to(),
                "applied",
                result.applied(),
                "durationMs",
                result.duration());
    }
}
