package io.promptforge.seed.cli;

import io.promptforge.schema.MigrationResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "reset",
        description = "Deletes all data: undoes all migrations and applies them again.",
        mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {
    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--delete-all-data-of",
            paramLabel = "SCHEMA",
            required = true,
            description = "The schema's name, to show that it is meant.")
    private String confirmation = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        MigrationResult result = database.migrations().reset(confirmation);
        spec.commandLine().getOut().println("Schema " + result.schema() + " is empty, at version " + result.to() + ".");
        return 0;
    }
}
