package io.promptforge.seed.cli;

import io.promptforge.seed.volume.VolumeData;
import io.promptforge.seed.volume.VolumeResult;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "volume",
        description = {
            "Fills a migrated database with generated traces, for load tests. The same options write the same rows.",
            "A load that broke off, or is to grow, goes on when called again with the same seed."
        },
        mixinStandardHelpOptions = true)
final class VolumeCommand implements Callable<Integer> {
    private static final int DAYS = 90;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--spans",
            paramLabel = "N",
            required = true,
            description = "How many spans there are to be in all.")
    private long spans;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Each seed has an organization and rows of its own. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "The first day (UTC), such as 2026-08-01. Default: " + DAYS + " days before --until.")
    private @Nullable LocalDate from;

    @Option(
            names = "--until",
            paramLabel = "DATE",
            description = "The day (UTC) before which so many spans have started. Default: today.")
    private @Nullable LocalDate until;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "2",
            description = "How many connections write at once. Default: ${DEFAULT-VALUE}.")
    private int connections = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Console console = new Console(spec.commandLine().getOut());
        DataSource dataSource = database.requiredUrl().dataSource();
        VolumeData volume = volume(dataSource).withConnections(connections);
        ProgressLine progress = new ProgressLine(spec.commandLine().getOut());
        VolumeResult result = volume.load(dataSource, database.settings(), spans, progress::show);
        console.line(describe(result));
        return 0;
    }

    /** What was begun with this seed goes on, unless another time is asked for. */
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
                "Organization %s has %,d spans in %,d traces, %,d tokens, $%s; read back and found in order.%n"
                        + "%,d spans were written in %.1f s (%,.0f per second); all took %.1f s.",
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
