package io.promptforge.seed.cli;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.maintenance.MaintenanceReport;
import io.promptforge.dao.maintenance.MaintenanceSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "maintain",
        description = {
            "Creates partitions for the coming months and deletes traces older than their retention.",
            "Exit code 0 also if the time is up, or if another process is maintaining the schema."
        },
        footer = {"  promptforge maintain --for 30m", "  17 3 * * *  promptforge maintain    # in a crontab: once a day"
        })
final class MaintainCommand extends DatabaseCommand {
    /** Least time between two lines of progress, because a large database takes thousands of batches. */
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Start no further batch after this time, such as 90s, 10m or 1h30m. Default: no limit.")
    private @Nullable Duration time;

    private Duration nextLine = Duration.ZERO;

    @Override
    public Integer call() {
        CommandOutput out = out();
        MaintenanceReport report = PromptForge.create(database.dataSource(), database.settings())
                .maintenance()
                .run(MaintenanceSettings.defaults().timeBudget(time), progress -> showProgress(out, progress));
        show(out, report);
        result(() -> JsonDocument.of(
                "outcome",
                report.outcome(),
                "tracesDeleted",
                report.tracesDeleted(),
                "spansDeleted",
                report.spansDeleted(),
                "partitionsCreated",
                report.partitionsCreated(),
                "partitionsDropped",
                report.partitionsDropped(),
                "partitionsInUse",
                report.partitionsInUse(),
                "elapsedMs",
                report.elapsed()));
        return 0;
    }

    private void showProgress(CommandOutput out, MaintenanceReport progress) {
        if (progress.elapsed().compareTo(nextLine) >= 0) {
            out.line(work(progress) + " ...");
            nextLine = progress.elapsed().plus(BETWEEN_LINES);
        }
    }

    private static void show(CommandOutput out, MaintenanceReport report) {
        switch (report.outcome()) {
            case RUNNING_ELSEWHERE -> {
                out.line("Another process is maintaining this schema; nothing was done.");
                return;
            }
            case UNFINISHED -> out.line(work(report) + "; the time is up, the next run continues.");
            case FINISHED -> out.line(work(report) + ".");
        }
        list(out, "Partitions created:", report.partitionsCreated());
        list(out, "Partitions dropped:", report.partitionsDropped());
        list(out, "Partitions in use, which the next run tries to drop again:", report.partitionsInUse());
        list(
                out,
                "Spans in the default partition:",
                report.spansWithoutPartition().entrySet().stream()
                        .map(month -> month.getKey() + " " + month.getValue())
                        .toList());
    }

    private static String work(MaintenanceReport report) {
        return String.format(
                Locale.ROOT,
                "%d traces and %d spans deleted in %.1f s",
                report.tracesDeleted(),
                report.spansDeleted(),
                report.elapsed().toMillis() / 1e3);
    }

    private static void list(CommandOutput out, String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            out.line(heading);
            lines.forEach(line -> out.line("  " + line));
        }
    }
}
