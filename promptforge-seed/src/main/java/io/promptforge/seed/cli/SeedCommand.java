package io.promptforge.seed.cli;

import io.promptforge.seed.demo.DemoData;
import io.promptforge.seed.demo.DemoResult;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "seed",
        description = "Loads the demo organization into a migrated database.",
        mixinStandardHelpOptions = true)
final class SeedCommand implements Callable<Integer> {
    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--replace", description = "Delete the demo organization first, with all that was added to it.")
    private boolean replace;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Console console = new Console(spec.commandLine().getOut());
        DataSource dataSource = database.requiredUrl().dataSource();
        DemoResult result = console.step(
                "Loading the demo organization",
                () -> replace
                        ? DemoData.replace(dataSource, database.settings(), console::detail)
                        : DemoData.load(dataSource, database.settings(), console::detail));
        console.line(describe(result));
        return 0;
    }

    static String describe(DemoResult result) {
        return switch (result.outcome()) {
            case LOADED -> "The demo organization was loaded.";
            case COMPLETED -> "The demo organization was completed: " + result.created() + " missing parts were added.";
            case UNCHANGED -> "The demo organization was there already; nothing was changed.";
        };
    }
}
