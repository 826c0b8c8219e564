package io.promptforge.seed.cli;

import io.promptforge.schema.MigrationStatus;
import io.promptforge.schema.MigrationStatus.Migration;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "status",
        description = {
            "Lists the migrations and their states.",
            "Exit code 0 if all are applied and unchanged, otherwise 1."
        },
        footer = {"  promptforge status", "  promptforge status --json | jq .upToDate"})
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
        result(() -> JsonDocument.of(
                "schema",
                status.schema(),
                "currentVersion",
                status.currentVersion(),
                "upToDate",
                status.upToDate(),
                "migrations",
                status.migrations().stream().map(StatusCommand::document).toList()));
        return status.upToDate() ? 0 : 1;
    }

    private static Map<String, Object> document(Migration migration) {
        return JsonDocument.of(
                "version",
                migration.version(),
                "description",
                migration.description(),
                "state",
                migration.state(),
                "installedAt",
                migration.installedAt(),
                "executionMs",
                migration.executionTime());
    }
}
