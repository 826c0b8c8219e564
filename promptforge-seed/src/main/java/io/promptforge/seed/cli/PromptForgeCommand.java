package io.promptforge.seed.cli;

import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.postgres.EmbeddedPostgresException;
import io.promptforge.schema.MigrationException;
import io.promptforge.schema.backup.BackupException;
import io.promptforge.schema.distribution.DistributionException;
import io.promptforge.schema.draft.DraftException;
import io.promptforge.seed.internal.InvalidDatabaseUrlException;
import java.io.PrintWriter;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line for operators. */
@Command(
        name = "promptforge",
        description = "Migrates, maintains and fills PromptForge databases.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "%nThe database is that of --url, otherwise of $DATABASE_URL, otherwise of promptforge up. The help of a command has examples: promptforge COMMAND --help.",
            "Completion for bash and zsh: source <(promptforge generate-completion)"
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            MigrateCommand.class,
            StatusCommand.class,
            ValidateCommand.class,
            MaintainCommand.class,
            BackfillCommand.class,
            DistributeCommand.class,
            RollbackCommand.class,
            ResetCommand.class,
            SeedCommand.class,
            InstallCatalogueCommand.class,
            VolumeCommand.class,
            DoctorCommand.class,
            NewMigrationCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ExportOrganizationCommand.class,
            ImportOrganizationCommand.class,
            PsqlUrlCommand.class,
            GenerateCompletion.class
        })
public final class PromptForgeCommand {
    PromptForgeCommand() {}

    /** Runs a command and exits the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new PromptForgeCommand()).setExecutionExceptionHandler(PromptForgeCommand::report);
    }

    /** Prints expected failures without a stack trace, because their messages say what to do; others are defects. */
    private static int report(Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed)
            throws Exception {
        boolean expected = failure instanceof MigrationException
                || failure instanceof BackupException
                || failure instanceof DistributionException
                || failure instanceof DraftException
                || failure instanceof PromptForgeException
                || failure instanceof EmbeddedPostgresException
                || failure instanceof InvalidDatabaseUrlException;
        if (!expected) {
            throw failure;
        }
        PrintWriter err = commandLine.getErr();
        String message = String.valueOf(failure.getMessage());
        err.println();
        err.println(message);
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            // Only the first line, because PostgreSQL's details can quote rows.
            String reason =
                    String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
            if (cause.getMessage() != null && !message.contains(reason.replaceFirst("\\.+$", ""))) {
                err.println("  because: " + reason);
            }
        }
        err.flush();
        if (commandLine.getCommand() instanceof DatabaseCommand command) {
            command.result(() -> JsonDocument.of(
                    "error", failure.getClass().getSimpleName().replaceFirst("Exception$", ""), "message", message));
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
