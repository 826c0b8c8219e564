package io.promptforge.benchmarks;

import java.io.IOException;
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

    @Option(
            names = "--spans",
            split = ",",
            defaultValue = "100000",
            description =
                    "How many spans are stored when the cases are run, rising: 100000,1000000,10000000 (which needs"
                            + " 12 GB and hours). Default: ${DEFAULT-VALUE}.")
    private List<Long> spans = List.of();

    @Option(
            names = "--cases",
            split = ",",
            defaultValue = "ingest,replay,tree,list,resolve,evaluation",
            description = "Which of ${COMPLETION-CANDIDATES}. Default: all but retention.")
    private Set<Cases> cases = Set.of();

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
    public Integer call() throws IOException {
        try (Output output = Output.to(report);
                Database database = url == null ? Database.embedded(Optional.ofNullable(data)) : Database.at(url);
                Workspace workspace = new Workspace(database);
                Writers writers = new Writers()) {
            output.block("# Benchmark\n\n" + Report.facts(Machine.description()) + Report.facts(database.description())
                    + Report.facts(Map.of("Rounds", rounds + ", after " + warmUps + " that are thrown away")));
            CasesOfRun all = CasesOfRun.prepared(workspace, writers, cases);
            Map<Long, List<Outcome>> outcomes = new TreeMap<>();
            for (long size : new TreeSet<>(spans)) {
                output.progress("Filling up to " + Report.number(size) + " spans");
                workspace.fill(size);
                outcomes.put(size, run(all, output));
                output.block("## " + Report.number(size) + " spans stored\n\n" + Report.of(outcomes.get(size)));
            }
            if (cases.contains(Cases.RETENTION)) {
                output.block("## Retention\n\n" + new Retention(workspace).measure(retentionSpans));
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
