package io.promptforge.seed.cli;

import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.postgres.EmbeddedPostgresException;
import io.promptforge.schema.MigrationException;
import io.promptforge.seed.internal.InvalidDatabaseUrlException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: one command for each thing an operator does. Exit code 0 done, 1 failed, 2 misused. */
@Command(
        name = "promptforge",
        description = "Migrates, maintains, seeds and shows PromptForge databases.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            MigrateCommand.class,
            StatusCommand.class,
            MaintainCommand.class,
            RollbackCommand.class,
            ResetCommand.class,
            SeedCommand.class,
            VolumeCommand.class
        })
public final class PromptForgeCommand {
    PromptForgeCommand() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new PromptForgeCommand()).setExecutionExceptionHandler(PromptForgeCommand::report);
    }

    /** Failures that say what to do need no stack trace; any other is a defect, and gets one. */
    private static int report(Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed)
            throws Exception {
        boolean saysWhatToDo = failure instanceof MigrationException
                || failure instanceof PromptForgeException
                || failure instanceof EmbeddedPostgresException
                || failure instanceof InvalidDatabaseUrlException;
        if (!saysWhatToDo) {
            throw failure;
        }
        PrintWriter err = commandLine.getErr();
        String message = String.valueOf(failure.getMessage());
        err.println();
        err.println(message);
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            // The first line only: the database's details quote rows.
            String reason =
                    String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
            if (!message.contains(reason.replaceFirst("\\.+$", ""))) {
                err.println("  because: " + reason);
            }
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
