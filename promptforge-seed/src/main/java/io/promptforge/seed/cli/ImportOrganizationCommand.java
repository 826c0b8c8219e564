package io.promptforge.seed.cli;

import io.promptforge.schema.backup.OrganizationImport;
import io.promptforge.schema.backup.TransferReport;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import-org",
        description = {
            "Imports the organization of a file, with its ids, into a database with other ones: all of it or nothing.",
            "Writes nothing if it is there with equal rows. Damaged files and rows of other organizations are refused."
        },
        footer = {
            "  promptforge import-org acme.export",
            "  promptforge import-org acme.export --replace",
            "  promptforge import-org acme.export --replay-erasures NEWER    # without what was deleted in between"
        })
final class ImportOrganizationCommand extends DatabaseCommand {
    @Parameters(paramLabel = "FILE", description = "The file that the command export-org has written.")
    private Path file = Path.of("");

    @Option(
            names = "--replace",
            description =
                    "Delete the organization first if it is there with other rows, with everything that belongs to it.")
    private boolean replace;

    @Option(
            names = "--replay-erasures",
            paramLabel = "NEWER",
            description =
                    "Delete the users and traces again that were deleted after the export was written, as a newer backup or export of"
                            + " the same database knows, or one of --erasures-only.")
    private @Nullable Path erasures;

    @Override
    public Integer call() {
        CommandOutput out = out();
        OrganizationImport organization = OrganizationImport.of(database.dataSource())
                .schema(database.schema())
                .progress(Transfers.line(out));
        if (replace) {
            organization = organization.replacing();
        }
        if (erasures != null) {
            organization = organization.replayingErasures(erasures);
        }
        TransferReport report = organization.read(file);
        String id = report.organization().map(String::valueOf).orElse("");
        out.line(
                report.changed()
                        ? "Organization " + id + " was imported: " + Transfers.described(report)
                                + "; all read back and compared."
                        : "Organization " + id + " is there already, with equal rows; nothing was changed.");
        if (erasures != null) {
            out.line("Deleted again, as " + erasures + " says: " + report.erased() + ".");
        }
        result(() -> Transfers.document(report));
        return 0;
    }
}
