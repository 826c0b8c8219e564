package io.promptforge.seed.cli;

import io.promptforge.schema.Migrations;
import io.promptforge.schema.RollbackResult;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "rollback",
        description = "Undoes the newest migrations, with the data in what they made.",
        mixinStandardHelpOptions = true)
final class RollbackCommand implements Callable<Integer> {
    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Migrations migrations = database.migrations();
        RollbackResult result =
                target.version == null ? migrations.rollback(target.steps) : migrations.rollbackTo(target.version);
        spec.commandLine()
                .getOut()
                .println("Schema " + result.schema() + " is now at "
                        + result.to().map(version -> "version " + version).orElse("no version") + " (" + result.undone()
                        + " migrations undone).");
        return 0;
    }

    /** How far. */
    static final class Target {
        @Option(names = "--steps", paramLabel = "N", description = "Undo this many.")
        private int steps;

        @Option(names = "--to", paramLabel = "VERSION", description = "Undo all that are newer than this one.")
        private @Nullable String version;
    }
}
