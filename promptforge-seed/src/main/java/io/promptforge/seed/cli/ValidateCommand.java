package io.promptforge.seed.cli;

import io.promptforge.schema.Migrations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "validate",
        description = {
            "Checks what a service checks when it starts: all migrations of this release are applied and unchanged, and row-level"
                    + " security is on for each table.",
            "Exit code 0 if so, otherwise 1 with the first thing that is wrong; doctor lists all."
        },
        footer = {"  promptforge validate", "  promptforge validate --confined    # with the URL of the service's role"
        })
final class ValidateCommand extends DatabaseCommand {
    @Option(
            names = "--confined",
            description = "Also checks that the role of the connection sees one organization at a time only.")
    private boolean confined;

    @Override
    public Integer call() {
        Migrations migrations = database.migrations();
        if (confined) {
            migrations.validateConfined();
        } else {
            migrations.validate();
        }
        String schema = migrations.status().schema();
        out().line("Schema " + schema + " is that of this release, and keeps organizations apart"
                + (confined ? ", and the role sees one organization at a time." : "."));
        result(() -> JsonDocument.of("schema", schema, "valid", true, "confined", confined));
        return 0;
    }
}
