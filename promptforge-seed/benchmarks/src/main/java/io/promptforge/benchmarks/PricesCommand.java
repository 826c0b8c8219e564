package io.promptforge.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "prices",
        description = "Measures the installation of a catalogue, and the repricing of spans beside their ingest.",
        mixinStandardHelpOptions = true)
final class PricesCommand implements Callable<Integer> {
    @Option(
            names = "--models",
            defaultValue = "3000",
            description = "How many models the catalogue has. Default: ${DEFAULT-VALUE}.")
    private int models;

    @Option(
            names = "--spans",
            defaultValue = "1000000",
            description = "How many spans are recorded and repriced. Default: ${DEFAULT-VALUE}.")
    private long spans;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            defaultValue = "target/benchmark-prices.md",
            description = "A file for the tables. Default: ${DEFAULT-VALUE}.")
    private Path report = Path.of("benchmark-prices.md");

    @Override
    public Integer call() throws Exception {
        try (ReportOutput output = ReportOutput.to(report);
                BenchmarkDatabase database = server.open();
                Workspace workspace = Workspace.create(database, Scale.measured(List.of(), List.of()))) {
            output.block(
                    "# Benchmark of prices\n\nPromised: a catalogue of 3,000 models in 1 second; repricing at half the speed"
                            + " of the ingest or more.\n\n"
                            + Markdown.facts(MachineFacts.description()) + Markdown.facts(database.description()));
            output.block(new CatalogueFigures(workspace.forge()).table(models));
            output.block(new RepricingFigures(database, workspace.forge()).table(spans));
        }
        return 0;
    }
}
