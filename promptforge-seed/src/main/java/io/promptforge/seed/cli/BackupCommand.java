package io.promptforge.seed.cli;

import io.promptforge.schema.backup.Backup;
import io.promptforge.schema.backup.TransferReport;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description = {
            "Writes all rows of the schema to a file, as of one moment, while services go on working.",
            "The file appears when it is complete. It contains hashes of passwords, and only its owner can read it."
        },
        footer = {
            "  promptforge backup promptforge-$(date +%F).backup",
            "  promptforge backup erasures.backup --erasures-only    # for restore --replay-erasures"
        })
final class BackupCommand extends DatabaseCommand {
    @Parameters(paramLabel = "FILE", description = "The file, which must not exist.")
    private Path file = Path.of("");

    @Option(
            names = "--erasures-only",
            description = "Only which organizations, users and traces were deleted, for restore --replay-erasures.")
    private boolean erasuresOnly;

    @Override
    public Integer call() {
        CommandOutput out = out();
        Backup backup =
                Backup.of(database.dataSource()).schema(database.schema()).progress(Transfers.line(out));
        TransferReport report = (erasuresOnly ? backup.erasuresOnly() : backup).write(file);
        out.line("Schema " + report.schema() + " at version " + report.version() + " was written to " + file + ": "
                + Transfers.described(report) + ".");
        result(() -> Transfers.document(report));
        return 0;
    }
}
