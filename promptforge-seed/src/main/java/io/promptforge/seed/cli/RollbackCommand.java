package io.promptforge.seed.cli;

import io.promptforge.schema.Migrations;
import io.promptforge.schema.RollbackResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "rollback",
        description = "Undoes the newest migrations and deletes the data in the tables and columns that they added.",
        footer = {"  promptforge rollback --steps 1", "  promptforge rollback --to 7    # undoes 8 and later; 7 stays"})
final class RollbackCommand extends DatabaseCommand {
    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    @Override
    public Integer call() {
        Migrations migrations = database.migrations();
        RollbackResult result =
                target.version == null ? migrations.rollback(target.steps) : migrations.rollbackTo(target.version);
        out().line("Schema " + result.schema() + " is now at "
                + result.to().map(version -> "version " + version).orElse("no version") + " (" + result.undone()
                + " migrations undone).");
        result(() -> JsonDocument.of(
                "schema",
                result.schema(),
                "from",
                result.from(),
                "to",
                result.to(),
                "undone",
                result.undone(),
                "durationMs",
                result.duration()));
        return 0;
    }

    /** How many migrations are undone. */
    static final class Target {
        @Option(names = "--steps", paramLabel = "N", description = "Undo the newest N migrations.")
        private int steps;

        @Option(
                names = "--to",
                paramLabel = "VERSION",
                description = "Undo the migrations newer than this version, which stays applied.")
        private @Nullable String version;
    }
}
