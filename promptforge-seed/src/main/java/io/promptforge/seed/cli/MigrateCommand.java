package io.promptforge.seed.cli;

import io.promptforge.schema.MigrationResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "migrate", description = "Applies the pending migrations.", mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {
    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        MigrationResult result = database.migrations().apply();
        spec.commandLine()
                .getOut()
                .println(
                        result.applied() == 0
                                ? "Schema " + result.schema() + " is up to date at version " + result.to() + "."
                                : "Schema " + result.schema() + " is now at version " + result.to() + " ("
                                        + result.applied() + " migrations applied).");
        return 0;
    }
}
