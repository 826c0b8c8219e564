package io.promptforge.seed.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands share: the options that name the database, {@code --json}, {@code --help}, and the output. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:success", "1:failure; the message says what to do", "2:invalid arguments"},
        footerHeading = "%nExamples:%n")
abstract class DatabaseCommand implements Callable<Integer> {
    @Mixin
    final DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--json",
            description = "Print one JSON object on standard output, and everything else on standard error.")
    boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    final CommandSpec spec() {
        return spec;
    }

    /** Where people read: standard output, or with {@code --json} standard error. */
    final CommandOutput out() {
        return new CommandOutput(
                json ? spec.commandLine().getErr() : spec.commandLine().getOut());
    }

    /** With {@code --json}, prints the result of the command as a JSON object. */
    final void result(Supplier<Map<String, Object>> members) {
        if (json) {
            JsonDocument.print(members.get(), spec.commandLine().getOut());
        }
    }

    /**
     * Runs the command.
     *
     * @return the exit code: 0 if all is well, 1 otherwise
     */
    @Override
    public abstract Integer call() throws Exception;
}
