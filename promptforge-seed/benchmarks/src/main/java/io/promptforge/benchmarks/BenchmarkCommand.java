package io.promptforge.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "benchmark",
        description =
                "Measures the repositories beside COPY, JDBC, Hibernate ORM and JDBI, on the same server and rows.",
        subcommands = {
            ColdReadsCommand.class,
            GrowthCommand.class,
            LoginsCommand.class,
            PricesCommand.class,
            RetentionCommand.class,
            TestKitCommand.class
        },
        mixinStandardHelpOptions = true)
final class BenchmarkCommand implements Callable<Integer> {
    private static final String LEGEND = """

            A cell has the ratio to the first column: the median over the rounds, in each of which all contenders ran one
            after the other. Behind it are the median and half the interquartile range. Of rows per second more is better,
            of time per call less. All contenders write the same rows into the same tables, with all keys, indexes and
            checks, and read the same records; models and costs, which PromptForge looks up, are given to the others.
            """;

    @Option(
            names = "--spans",
            split = ",",
            defaultValue = "100000",
            description =
                    "How many spans are stored when the cases are run, rising: 100000,1000000,10000000 (which needs"
                            + " 20 GB, better on a disk than in memory, and hours). Default: ${DEFAULT-VALUE}.")
    private List<Long> spans = List.of();

    @Option(names = "--cases", split = ",", description = "Which of ${COMPLETION-CANDIDATES}. Default: all.")
    private Set<CaseFamily> families = EnumSet.allOf(CaseFamily.class);

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
            description = "How many threads write at the same time. Default: ${DEFAULT-VALUE}.")
    private List<Integer> writers = List.of();

    @Mixin
    private RoundOptions rounds = new RoundOptions();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            defaultValue = "target/benchmark.md",
            description = "A file for the tables. Default: ${DEFAULT-VALUE}.")
    private Path report = Path.of("benchmark.md");

    public static void main(String[] args) {
        // Without this Hibernate logs to the console.
        System.setProperty("org.jboss.logging.provider", "slf4j");
        System.exit(new CommandLine(new BenchmarkCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try (ReportOutput output = ReportOutput.to(report);
                BenchmarkDatabase database = server.open();
                Workspace workspace = Workspace.create(database, Scale.measured(batches, writers))) {
            output.block("# Benchmark\n\n" + Markdown.facts(MachineFacts.description())
                    + Markdown.facts(database.description())
                    + Markdown.facts(Map.of("Rounds", rounds.toString()))
                    + LEGEND);
            Map<CaseFamily, CaseFamily.Cases> cases = prepare(workspace);
            Map<Long, List<CaseOutcome>> outcomes = new TreeMap<>();
            for (long size : new TreeSet<>(spans)) {
                output.progress("Filling up to " + Markdown.number(size) + " spans");
                workspace.fill(size);
                List<CaseOutcome> ofSize = run(cases.values(), output);
                outcomes.put(size, ofSize);
                output.block("## " + Markdown.number(size) + " spans stored\n\n" + Markdown.of(ofSize));
            }
            output.block("## Targets\n\n" + Targets.of(outcomes));
        }
        return 0;
    }

    private Map<CaseFamily, CaseFamily.Cases> prepare(Workspace workspace) throws Exception {
        Map<CaseFamily, CaseFamily.Cases> cases = new EnumMap<>(CaseFamily.class);
        families.forEach(family -> cases.put(family, family.in(workspace)));
        for (CaseFamily.Cases family : cases.values()) {
            family.prepare();
        }
        return cases;
    }

    private List<CaseOutcome> run(Iterable<CaseFamily.Cases> families, ReportOutput output) throws Exception {
        Harness harness = rounds.harness();
        List<CaseOutcome> outcomes = new ArrayList<>();
        for (CaseFamily.Cases family : families) {
            for (Case subject : (Iterable<Case>) family.cases()::iterator) {
                output.progress(subject.name());
                outcomes.add(harness.run(subject));
            }
        }
        return outcomes;
    }
}
