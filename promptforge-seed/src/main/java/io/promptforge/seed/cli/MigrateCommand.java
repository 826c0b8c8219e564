package io.promptforge.seed.cli;

import io.promptforge.schema.MigrationResult;
import picocli.CommandLine.Command;

@Command(name = "migrate", description = "Applies the pending migrations.")
final class MigrateCommand extends DatabaseCommand {
    @Override
    public Integer call() {
        MigrationResult result = database.migrations().apply();
        out().line(
                        result.applied() == 0
                                ? "Schema " + result.schema() + " is up to date at version " + result.to() + "."
                                : "Schema " + result.schema() + " is now at version " + result.to() + " ("
                                        + result.applied() + " migrations applied).");
        return 0;
    }
}
