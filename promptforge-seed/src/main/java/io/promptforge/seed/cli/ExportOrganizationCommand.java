package io.promptforge.seed.cli;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.organization.Organization;
import io.promptforge.schema.backup.Backup;
import io.promptforge.schema.backup.TransferReport;
import java.nio.file.Path;
import java.util.UUID;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "export-org",
        description = "Writes one organization to a file, with all that belongs to it, as of one moment.",
        footer = "  promptforge export-org acme acme.export")
final class ExportOrganizationCommand extends DatabaseCommand {
    @Parameters(index = "0", paramLabel = "ORGANIZATION", description = "The slug or the id of the organization.")
    private String organization = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The file, which must not exist.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        CommandOutput out = out();
        DataSource dataSource = database.dataSource();
        TransferReport report = Backup.of(dataSource)
                .schema(database.schema())
                .organization(id(dataSource))
                .progress(Transfers.line(out))
                .write(file);
        out.line("Organization " + organization + " was written to " + file + ": " + Transfers.described(report) + ".");
        result(() -> Transfers.document(report));
        return 0;
    }

    private UUID id(DataSource dataSource) {
        return PromptForge.create(dataSource, database.settings())
                .organizations()
                .findBySlug(organization)
                .map(Organization::id)
                .orElseGet(this::parsedId);
    }

    private UUID parsedId() {
        try {
            return UUID.fromString(organization);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec().commandLine(), "There is no organization with the slug '" + organization + "'");
        }
    }
}
