package io.promptforge.seed.cli;

import io.promptforge.schema.backup.Restore;
import io.promptforge.schema.backup.TransferReport;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = {
            "Restores a backup: all of it or nothing, compared row by row, and migrated to this release.",
            "Damaged files are refused before anything is changed. Stop the services first."
        },
        footer = {
            "  promptforge restore promptforge-2026-11-29.backup",
            "  promptforge restore FILE --delete-all-data-of promptforge    # over the rows that are there",
            "  promptforge restore OLDER --replay-erasures NEWER          # without what was deleted in between"
        })
final class RestoreCommand extends DatabaseCommand {
    @Parameters(paramLabel = "FILE", description = "The file that the command backup has written.")
    private Path file = Path.of("");

    @Option(
            names = "--delete-all-data-of",
            paramLabel = "SCHEMA",
            description =
                    "The name of the schema, to confirm that its rows may be deleted. Without it, it must have none.")
    private @Nullable String confirmation;

    @Option(
            names = "--replay-erasures",
            paramLabel = "NEWER",
            description =
                    "Delete the organizations, users and traces again that were deleted after the backup was written, as a newer"
                            + " backup knows, or one of --erasures-only.")
    private @Nullable Path erasures;

    @Override
    public Integer call() {
        CommandOutput out = out();
        Restore restore =
                Restore.of(database.dataSource()).schema(database.schema()).progress(Transfers.line(out));
        if (confirmation != null) {
            restore = restore.replacing(confirmation);
        }
        if (erasures != null) {
            restore = restore.replayingErasures(erasures);
        }
        TransferReport report = restore.read(file);
        out.line("Schema " + report.schema() + " was restored from " + file + ", which is of version "
                + report.version() + ": " + Transfers.described(report) + "; all read back and compared.");
        if (erasures != null) {
            out.line("Deleted again, as " + erasures + " says: " + report.erased() + ".");
        }
        result(() -> Transfers.document(report));
        return 0;
    }
}
