package io.promptforge.seed.cli;

import io.promptforge.seed.demo.DemoData;
import io.promptforge.seed.demo.DemoResult;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "seed",
        description = {
            "Loads the demo organization into a migrated database.",
            "Existing parts stay as they are, missing parts are added."
        },
        footer = {"  promptforge seed", "  promptforge seed --replace    # starts the demo organization over"})
final class SeedCommand extends DatabaseCommand {
    @Option(
            names = "--replace",
            description = "Delete the demo organization first, including everything that was added to it.")
    private boolean replace;

    @Override
    public Integer call() {
        CommandOutput out = out();
        DataSource dataSource = database.dataSource();
        DemoResult result = out.step(
                "Loading the demo organization",
                () -> replace
                        ? DemoData.replace(dataSource, database.settings(), out::detail)
                        : DemoData.load(dataSource, database.settings(), out::detail));
        out.line(describe(result));
        result(() -> JsonDocument.of(
                "outcome", result.outcome(), "organizationId", result.organizationId(), "created", result.created()));
        return 0;
    }

    static String describe(DemoResult result) {
        return switch (result.outcome()) {
            case LOADED -> "The demo organization was loaded.";
            case COMPLETED -> "The demo organization was completed: " + result.created() + " missing parts were added.";
            case UNCHANGED -> "The demo organization existed already; nothing was changed.";
        };
    }
}
