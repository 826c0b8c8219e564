package io.promptforge.seed.cli;

import io.promptforge.seed.volume.VolumeData;
import io.promptforge.seed.volume.VolumeProgress.Step;
import io.promptforge.seed.volume.VolumeResult;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "volume",
        description = {
            "Fills a migrated database with generated traces for load tests. Equal options write equal rows.",
            "Running it again with the same seed continues an interrupted load, or adds spans up to a greater --spans."
        },
        footer = "  promptforge volume --spans 10000000 --connections 4")
final class VolumeCommand extends DatabaseCommand {
    private static final int DAYS = 90;

    @Option(
            names = "--spans",
            paramLabel = "N",
            required = true,
            description = "The total number of spans after the load.")
    private long spans;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "The seed of the generated data; each seed has its own organization. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "The day (UTC) on which the first spans start, such as 2026-08-01. Default: " + DAYS
                    + " days before --until.")
    private @Nullable LocalDate from;

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description = "The day (UTC) before which all spans start. Default: today.")
    private @Nullable LocalDate until;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "2",
            description = "The number of connections that write concurrently. Default: ${DEFAULT-VALUE}.")
    private int connections = 2;

    @Override
    public Integer call() {
        CommandOutput out = out();
        DataSource dataSource = database.dataSource();
        VolumeData volume = volume(dataSource).withConnections(connections);
        ProgressLine line = new ProgressLine(out.writer(), "spans");
        VolumeResult result = volume.load(
                dataSource,
                database.settings(),
                spans,
                progress -> line.show(
                        progress.step() == Step.WRITING ? "Writing" : "Checking",
                        progress.spans(),
                        progress.total(),
                        progress.elapsed()));
        out.line(describe(result));
        result(() -> JsonDocument.of(
                "organizationId",
                result.organizationId(),
                "spans",
                result.spans(),
                "traces",
                result.traces(),
                "written",
                result.written(),
                "elapsedMs",
                result.elapsed()));
        return 0;
    }

    /** Continues the existing load of this seed, unless dates are given. */
    private VolumeData volume(DataSource dataSource) {
        Optional<VolumeData> begun = from == null && until == null
                ? VolumeData.loaded(dataSource, database.settings(), seed)
                : Optional.empty();
        return begun.orElseGet(() -> {
            LocalDate end = until == null ? LocalDate.now(ZoneOffset.UTC) : until;
            LocalDate start = from == null ? end.minusDays(DAYS) : from;
            return VolumeData.of(seed, midnight(start), midnight(end), spans);
        });
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static String describe(VolumeResult result) {
        return String.format(
                Locale.ROOT,
                "Organization %s has %,d spans in %,d traces, %,d tokens, $%s; all read back and verified.%n"
                        + "%,d spans were written in %.1f s (%,.0f per second); the load took %.1f s in all.",
                result.organizationId(),
                result.spans(),
                result.traces(),
                result.inputTokens() + result.outputTokens(),
                result.cost().stripTrailingZeros().toPlainString(),
                result.written(),
                seconds(result.writing()),
                result.written() / seconds(result.writing()),
                seconds(result.elapsed()));
    }

    private static double seconds(Duration time) {
        return Math.max(1, time.toMillis()) / 1e3;
    }
}
