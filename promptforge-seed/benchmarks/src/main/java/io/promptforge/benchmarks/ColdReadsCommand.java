package io.promptforge.benchmarks;

import io.promptforge.benchmarks.AlternatingCalls.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "cold-reads",
        description = {
            "Measures reads beside JDBC in fresh JVMs, after few calls and after many, with the calls of both alternating.",
            "Each case has JVMs of its own."
        },
        mixinStandardHelpOptions = true)
final class ColdReadsCommand implements Callable<Integer> {
    /** The cases that are measured; they belong to the families that are prepared. */
    static final List<String> CASES =
            List.of(ListCases.NAME_OF_FIRST, TreeCases.name(10), TreeCases.name(300), ResolveCases.NAME);

    private static final List<CaseFamily> FAMILIES = List.of(CaseFamily.TREE, CaseFamily.LIST, CaseFamily.RESOLVE);

    @Option(
            names = "--calls",
            defaultValue = "1000",
            description = "Calls of each before the first sample. Default: ${DEFAULT-VALUE}.")
    private long calls;

    @Option(
            names = "--warm-calls",
            defaultValue = "20000",
            description =
                    "Calls of each before the second sample, which the last JVM takes. Default: ${DEFAULT-VALUE}.")
    private long warmCalls;

    @Option(
            names = "--warm-seconds",
            defaultValue = "15",
            description = "The greatest time for the calls before a sample. Default: ${DEFAULT-VALUE}.")
    private long warmSeconds;

    @Option(
            names = "--jvms",
            defaultValue = "3",
            description = "JVMs for each case; the first ratio is their median. Default: ${DEFAULT-VALUE}.")
    private int jvms;

    @Option(
            names = "--spans",
            defaultValue = "20000",
            description = "How many spans are stored. Default: ${DEFAULT-VALUE}.")
    private long spans;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            defaultValue = "target/benchmark-cold-reads.md",
            description = "A file for the table. Default: ${DEFAULT-VALUE}.")
    private Path report = Path.of("benchmark-cold-reads.md");

    @Override
    public Integer call() throws Exception {
        try (ReportOutput output = ReportOutput.to(report);
                BenchmarkDatabase database = server.open()) {
            output.progress("Storing " + Markdown.number(spans) + " spans");
            try (Workspace workspace = Workspace.create(database, Scale.measured(List.of(), List.of()))) {
                workspace.fill(spans);
                for (CaseFamily family : FAMILIES) {
                    family.in(workspace).prepare();
                }
            }
            List<List<String>> lines = new ArrayList<>();
            lines.add(List.of(
                    "PromptForge / JDBC",
                    "After " + Markdown.number(calls) + " calls",
                    "Ratios of the JVMs",
                    "Warm",
                    "After calls"));
            for (String name : CASES) {
                output.progress(name);
                lines.add(line(name, database.url()));
            }
            output.block("# Benchmark of cold reads\n\n" + Markdown.facts(MachineFacts.description()) + "\n"
                    + Markdown.table(lines));
        }
        return 0;
    }

    private List<String> line(String name, String url) throws Exception {
        List<Sample> cold = new ArrayList<>();
        for (int jvm = 1; jvm < jvms; jvm++) {
            cold.addAll(ColdReadJvm.run(url, name, List.of(calls), Duration.ofSeconds(warmSeconds)));
        }
        List<Sample> last = ColdReadJvm.run(url, name, List.of(calls, warmCalls), Duration.ofSeconds(warmSeconds));
        cold.add(last.get(0));
        cold.sort(Comparator.comparingDouble(Sample::ratio));
        Sample median = cold.get(cold.size() / 2);
        Sample warm = last.get(1);
        return List.of(
                name,
                shown(median.ratio()) + " · " + times(median),
                shown(cold.get(0).ratio()) + " to "
                        + shown(cold.get(cold.size() - 1).ratio()),
                shown(warm.ratio()) + " · " + times(warm),
                Markdown.number(warm.calls()));
    }

    private static String times(Sample sample) {
        return String.format(Locale.ROOT, "%.0f / %.0f µs", sample.promptForge() / 1e3, sample.jdbc() / 1e3);
    }

    private static String shown(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }
}
