package io.promptforge.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "benchmark",
        description =
                "Measures the repositories beside COPY, JDBC, Hibernate ORM and JDBI, on the same server and rows.",
        subcommands = TestKitCommand.class,
        mixinStandardHelpOptions = true)
final class BenchmarkCommand implements Callable<Integer> {
    /** The cases there are, by the name that the command line has for them. */
    enum Cases {
        INGEST,
        REPLAY,
        TREE,
        LIST,
        RESOLVE,
        EVALUATION,
        RETENTION
    }

    private static final String LEGEND = """

            A cell has the ratio to the first column, the median over the rounds, in each of which all contenders ran one
            after the other; behind it the median and half the distance of the quartiles. Of rows a second more is better,
            of time a call less is. All write the same rows into the same tables, with all their keys, indexes and checks,
            and read the same records; models and costs, which PromptForge looks up, are given to the others.
            """;

    @Option(
            names = "--spans",
            split = ",",
            defaultValue = "100000",
            description =
                    "How many spans are stored when the cases are run, rising: 100000,1000000,10000000 (which needs"
                            + " 20 GB, better on a disk than in memory, and hours). Default: ${DEFAULT-VALUE}.")
    private List<Long> spans = List.of();

    @Option(
            names = "--cases",
            split = ",",
            defaultValue = "ingest,replay,tree,list,resolve,evaluation",
            description = "Which of ${COMPLETION-CANDIDATES}. Default: all but retention.")
    private Set<Cases> cases = Set.of();

    @Option(
            names = "--batches",
            split = ",",
            defaultValue = "10,100,1000,10000",
            description = "How many spans are written at once. Default: ${DEFAULT-VALUE}.")
    private List<Integer> batches = List.of();

    @Option(
            names = "--writers",
            split = ",",
            defaultValue = "1,4",
            description = "How many write at the same time. Default: ${DEFAULT-VALUE}.")
    private List<Integer> writers = List.of();

    @Option(names = "--rounds", defaultValue = "20", description = "Rounds that count. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--warm-ups", defaultValue = "5", description = "Rounds before. Default: ${DEFAULT-VALUE}.")
    private int warmUps;

    @Option(
            names = "--retention-spans",
            defaultValue = "200000",
            description = "How many spans are past their time in the case of retention. Default: ${DEFAULT-VALUE}.")
    private long retentionSpans;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "An existing database, as jdbc:postgresql://host/database?user=...&password=...; default: an"
                    + " embedded server.")
    private @Nullable String url;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Where the embedded server's data lies. Default: in memory, where there is room.")
    private @Nullable Path data;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            defaultValue = "target/benchmark.md",
            description = "Where the tables are written to as well. Default: ${DEFAULT-VALUE}.")
    private Path report = Path.of("benchmark.md");

    public static void main(String[] args) {
        // Else Hibernate's words go to the console.
        System.setProperty("org.jboss.logging.provider", "slf4j");
        System.exit(new CommandLine(new BenchmarkCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try (Output output = Output.to(report);
                Database database = url == null ? Database.embedded(Optional.ofNullable(data)) : Database.at(url);
                Writers threads = new Writers();
                Workspace workspace = new Workspace(database, threads)) {
            output.block("# Benchmark\n\n" + Report.facts(Machine.description()) + Report.facts(database.description())
                    + Report.facts(Map.of("Rounds", rounds + ", after " + warmUps + " that are thrown away"))
                    + LEGEND);
            CasesOfRun all = new CasesOfRun(workspace, cases, new IngestCases(workspace, threads, batches, writers));
            Map<Long, List<Outcome>> outcomes = new TreeMap<>();
            for (long size : new TreeSet<>(spans)) {
                output.progress("Filling up to " + Report.number(size) + " spans");
                workspace.fill(size);
                outcomes.put(size, run(all, output));
                output.block("## " + Report.number(size) + " spans stored\n\n" + Report.of(outcomes.get(size)));
            }
            if (cases.contains(Cases.RETENTION)) {
                output.block("## Retention\n\nPromised: 20 times faster than row by row.\n\n"
                        + new Retention(workspace).measure(retentionSpans));
            }
            output.block("## Targets\n\n" + Targets.of(outcomes));
        }
        return 0;
    }

    private List<Outcome> run(CasesOfRun all, Output output) {
        Harness harness = new Harness(warmUps, rounds);
        return all.stream()
                .map(subject -> {
                    output.progress(subject.name());
                    return harness.run(subject);
                })
                .toList();
    }
}
