package io.promptforge.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "retention",
        description = "Measures the removal of spans that are older than the retention time, beside DELETE by JDBC.",
        mixinStandardHelpOptions = true)
final class RetentionCommand implements Callable<Integer> {
    @Option(
            names = "--spans",
            defaultValue = "200000",
            description = "How many spans are removed. Default: ${DEFAULT-VALUE}.")
    private long spans;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            defaultValue = "target/benchmark-retention.md",
            description = "A file for the table. Default: ${DEFAULT-VALUE}.")
    private Path report = Path.of("benchmark-retention.md");

    @Override
    public Integer call() throws Exception {
        try (ReportOutput output = ReportOutput.to(report);
                BenchmarkDatabase database = server.open();
                Workspace workspace = Workspace.create(database, Scale.measured(List.of(), List.of()))) {
            output.block("# Benchmark of retention\n\nPromised: 20 times faster than row by row.\n\n"
                    + Markdown.facts(MachineFacts.description()) + Markdown.facts(database.description()));
            output.block(Retention.table(new Retention(workspace).measure(spans), spans));
        }
        return 0;
    }
}
