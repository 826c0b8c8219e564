package io.promptforge.seed.cli;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.maintenance.MaintenanceReport;
import io.promptforge.dao.maintenance.MaintenanceSettings;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "maintain",
        description = {
            "Makes partitions ahead, and removes traces that are kept no longer.",
            "Exit code 0 also when more is left for the next run, or another process is at it."
        },
        mixinStandardHelpOptions = true)
final class MaintainCommand implements Callable<Integer> {
    /** A database of a few batches needs one line; a large one does not need one for each of its thousands. */
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Time.class,
            description = "Begin nothing more after this time, such as 90s, 10m or 1h30m. Default: until all is done.")
    private @Nullable Duration time;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Duration nextLine = Duration.ZERO;

    @Override
    public Integer call() {
        Console console = new Console(spec.commandLine().getOut());
        MaintenanceSettings settings = MaintenanceSettings.defaults();
        MaintenanceReport report = PromptForge.create(database.requiredUrl().dataSource(), database.settings())
                .maintenance()
                .run(
                        time == null ? settings : settings.timeBudget(time),
                        progress -> showNowAndThen(console, progress));
        show(console, report);
        return 0;
    }

    private void showNowAndThen(Console console, MaintenanceReport progress) {
        if (progress.elapsed().compareTo(nextLine) >= 0) {
            console.line(work(progress) + " ...");
            nextLine = progress.elapsed().plus(BETWEEN_LINES);
        }
    }

    private static void show(Console console, MaintenanceReport report) {
        switch (report.outcome()) {
            case RUNNING_ELSEWHERE -> {
                console.line("Another process is maintaining this schema; nothing was done.");
                return;
            }
            case UNFINISHED -> console.line(work(report) + "; the time is up, and more is left for the next run.");
            case FINISHED -> console.line(work(report) + ".");
        }
        list(console, "Partitions made:", report.partitionsCreated());
        list(console, "Partitions dropped:", report.partitionsDropped());
        list(console, "Partitions that stayed in use, and are left for the next run:", report.partitionsInUse());
        list(
                console,
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

    private static void list(Console console, String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            console.line(heading);
            lines.forEach(line -> console.line("  " + line));
        }
    }

    /** ISO-8601's notation for times without its first letters. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                Duration time = Duration.parse("PT" + text);
                if (!time.isNegative() && !time.isZero()) {
                    return time;
                }
            } catch (DateTimeParseException e) {
                // said below
            }
            throw new TypeConversionException("'" + text + "' is not a time such as 90s, 10m or 1h30m");
        }
    }
}
