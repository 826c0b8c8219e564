package io.promptforge.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "test-kit",
        description = "Measures how long tests wait for a database of their own, and what stays when a JVM is killed.",
        mixinStandardHelpOptions = true)
final class TestKitCommand implements Callable<Integer> {
    /** The figures, in groups. */
    enum Figures {
        START,
        WAIT,
        CLONE,
        RESTORE,
        FIXTURES,
        KILL
    }

    @Option(
            names = "--figures",
            split = ",",
            defaultValue = "start,wait,clone,restore,fixtures,kill",
            description = "Which of ${COMPLETION-CANDIDATES}. Default: all.")
    private Set<Figures> figures = Set.of();

    @Option(names = "--runs", defaultValue = "20", description = "Runs of each figure. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--takes",
            defaultValue = "1000",
            description = "How many tests take a database that was made ahead. Default: ${DEFAULT-VALUE}.")
    private int takes;

    @Option(
            names = "--rows",
            defaultValue = "10000",
            description = "How many rows a fixture stores at once. Default: ${DEFAULT-VALUE}.")
    private int rows;

    @Option(
            names = "--memory",
            paramLabel = "FOLDER",
            defaultValue = "/dev/shm",
            description = "A folder that lies in memory. Default: ${DEFAULT-VALUE}.")
    private Path memory = Path.of("/dev/shm");

    @Option(
            names = "--disk",
            paramLabel = "FOLDER",
            defaultValue = "target",
            description = "A folder that lies on a disk. Default: ${DEFAULT-VALUE}.")
    private Path disk = Path.of("target");

    @Option(
            names = "--report",
            paramLabel = "FILE",
            defaultValue = "target/benchmark-test-kit.md",
            description = "Where the table is written to as well. Default: ${DEFAULT-VALUE}.")
    private Path report = Path.of("benchmark-test-kit.md");

    @Override
    public Integer call() throws Exception {
        try (ReportOutput output = ReportOutput.to(report);
                TemporaryFolder folder = TemporaryFolder.in(Path.of(System.getProperty("java.io.tmpdir")))) {
            // A cache of its own: the benchmark's changed migrations must not displace the clusters of real builds.
            System.setProperty(
                    "promptforge.postgres.cache", folder.path().resolve("cache").toString());
            Map<String, String> facts = new LinkedHashMap<>(MachineFacts.description());
            facts.put("Folders", memory + " (memory), " + disk.toAbsolutePath().normalize() + " (disk)");
            output.block("# Benchmark of the test kit\n\n" + Markdown.facts(facts));
            output.block(TestKitFigure.table(measure(new JarClassPath(folder.path()), output)));
        }
        return 0;
    }

    private List<TestKitFigure> measure(JarClassPath jars, ReportOutput output) throws Exception {
        List<TestKitFigure> all = new ArrayList<>();
        if (figures.contains(Figures.START)) {
            output.progress("Starts of JVMs");
            all.addAll(new StartFigures(jars, runs).measure());
        }
        if (figures.contains(Figures.WAIT)) {
            output.progress("Waits for databases");
            all.addAll(new WaitFigures(runs, takes).measure());
        }
        if (figures.contains(Figures.CLONE)) {
            output.progress("Clones");
            all.addAll(new CloneFigures(runs, memory, disk).measure());
        }
        if (figures.contains(Figures.RESTORE)) {
            output.progress("Restores");
            all.addAll(new RestoreFigures(runs).measure());
        }
        if (figures.contains(Figures.FIXTURES)) {
            output.progress("Fixtures");
            all.addAll(new FixtureFigures(Math.min(runs, 3), rows).measure());
        }
        if (figures.contains(Figures.KILL)) {
            output.progress("Kills");
            all.addAll(new KillFigures(jars, runs, memory).measure());
        }
        return all;
    }
}
