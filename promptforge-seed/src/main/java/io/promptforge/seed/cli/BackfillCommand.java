package io.promptforge.seed.cli;

import io.promptforge.schema.Backfill;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backfill",
        description = {
            "Fills a column of a large table in batches, while services go on; the notes of a release say where that is needed.",
            "The rows say what is still to be done: a run that was interrupted is continued by the next one."
        },
        footer =
                "  promptforge backfill projects --set \"summary = left(description, 100)\" --where \"summary IS NULL\"")
final class BackfillCommand extends DatabaseCommand {
    @Parameters(paramLabel = "TABLE", description = "The table, without the schema.")
    private String table = "";

    @Option(names = "--set", required = true, paramLabel = "SQL", description = "What follows SET in an UPDATE.")
    private String assignment = "";

    @Option(
            names = "--where",
            required = true,
            paramLabel = "SQL",
            description = "Which rows are still to be filled; filling a row must make it false.")
    private String condition = "";

    @Option(
            names = "--batch",
            paramLabel = "ROWS",
            defaultValue = "1000",
            description = "The rows of a transaction, 1 to 100,000. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Override
    public Integer call() {
        CommandOutput out = out();
        long filled = Backfill.of(database.dataSource(), table, assignment, condition)
                .schema(database.schema())
                .batchSize(batch)
                .progress(rows -> out.line(rows + " rows filled ..."))
                .run();
        out.line("Rows of " + table + " that were filled: " + filled + ".");
        result(() -> JsonDocument.of("table", table, "filled", filled));
        return 0;
    }
}
