package io.promptforge.seed.cli;

import io.promptforge.schema.MigrationStatus;
import io.promptforge.schema.MigrationStatus.Migration;
import java.util.Locale;
import picocli.CommandLine.Command;

@Command(
        name = "status",
        description = {
            "Lists the migrations and their states.",
            "Exit code 0 if all are applied and unchanged, otherwise 1."
        })
final class StatusCommand extends DatabaseCommand {
    @Override
    public Integer call() {
        CommandOutput out = out();
        MigrationStatus status = database.migrations().status();
        for (Migration migration : status.migrations()) {
            out.line(String.format(
                    Locale.ROOT,
                    "%4s  %-28s  %-8s  %s",
                    migration.version(),
                    migration.description(),
                    migration.state().name().toLowerCase(Locale.ROOT),
                    migration.installedAt().map(String::valueOf).orElse("")));
        }
        return status.upToDate() ? 0 : 1;
    }
}
