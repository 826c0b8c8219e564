package io.promptforge.seed.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands share: the options that name the database, {@code --help}, and the output. */
@Command(mixinStandardHelpOptions = true)
abstract class DatabaseCommand implements Callable<Integer> {
    @Mixin
    final DatabaseOptions database = new DatabaseOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    final CommandOutput out() {
        return new CommandOutput(spec.commandLine().getOut());
    }

    /**
     * Runs the command.
     *
     * @return the exit code: 0 if all is well, 1 otherwise
     */
    @Override
    public abstract Integer call() throws Exception;
}
