package io.promptforge.seed.cli;

import io.promptforge.schema.MigrationStatus;
import io.promptforge.schema.MigrationStatus.Migration;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description = "Lists the migrations; exit code 1 unless all are applied as shipped.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        MigrationStatus status = database.migrations().status();
        for (Migration migration : status.migrations()) {
            out.printf(
                    Locale.ROOT,
                    "%4s  %-28s  %-8s  %s%n",
                    migration.version(),
                    migration.description(),
                    migration.state().name().toLowerCase(Locale.ROOT),
                    migration.installedAt().map(String::valueOf).orElse(""));
        }
        return status.upToDate() ? 0 : 1;
    }
}
