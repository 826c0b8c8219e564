package io.promptforge.benchmarks;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "logins",
        description = "Measures whether the time of a refused login tells why it was refused.",
        mixinStandardHelpOptions = true)
final class LoginsCommand implements Callable<Integer> {
    @Option(
            names = "--logins",
            defaultValue = "300",
            description = "How many logins are measured for each reason. Default: ${DEFAULT-VALUE}.")
    private int logins;

    @Option(names = "--cost", defaultValue = "10", description = "The cost of bcrypt. Default: ${DEFAULT-VALUE}.")
    private int cost;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            defaultValue = "target/benchmark-logins.md",
            description = "A file for the table. Default: ${DEFAULT-VALUE}.")
    private Path report = Path.of("benchmark-logins.md");

    @Override
    public Integer call() throws Exception {
        try (ReportOutput output = ReportOutput.to(report);
                BenchmarkDatabase database = server.open()) {
            database.migrate();
            output.block(
                    "# Benchmark of logins\n\nPromised: an e-mail cannot be told from an unknown one by the time.\n\n"
                            + Markdown.facts(MachineFacts.description()) + Markdown.facts(database.description()));
            output.block(new LoginFigures(database, cost).table(logins));
        }
        return 0;
    }
}
