package io.promptforge.seed.cli;

import io.promptforge.schema.MigrationResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "reset",
        description = "Deletes all data: undoes all migrations and applies them again.",
        footer = "  promptforge reset --delete-all-data-of promptforge")
final class ResetCommand extends DatabaseCommand {
    @Option(
            names = "--delete-all-data-of",
            paramLabel = "SCHEMA",
            required = true,
            description = "The name of the schema, to confirm that its data may be deleted.")
    private String confirmation = "";

    @Override
    public Integer call() {
        MigrationResult result = database.migrations().reset(confirmation);
        out().line("Schema " + result.schema() + " is empty, at version " + result.to() + ".");
        result(() -> MigrateCommand.document(result));
        return 0;
    }
}
