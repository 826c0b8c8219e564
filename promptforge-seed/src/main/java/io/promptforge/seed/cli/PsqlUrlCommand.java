package io.promptforge.seed.cli;

import io.promptforge.seed.internal.DatabaseUrl;
import picocli.CommandLine.Command;

@Command(
        name = "psql-url",
        description = {
            "Prints the URL with which psql opens the database, with PromptForge's schema in its search path.",
            "Without the password: psql takes it from $PGPASSWORD or the pgpass file, or asks."
        },
        footer = "  psql \"$(promptforge psql-url)\"")
final class PsqlUrlCommand extends DatabaseCommand {
    @Override
    public Integer call() {
        DatabaseUrl url = database.requiredUrl();
        String psql = url.withParameter("options", "-c search_path=" + database.schema())
                .toString();
        out().line(psql);
        result(() -> JsonDocument.of("url", psql, "schema", database.schema()));
        return 0;
    }
}
