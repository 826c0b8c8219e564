package io.promptforge.seed.cli;

import io.promptforge.dao.PromptForgeSettings;
import io.promptforge.schema.Migrations;
import io.promptforge.seed.internal.DatabaseUrl;
import io.promptforge.seed.internal.InvalidDatabaseUrlException;
import java.io.PrintWriter;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that name the database and the schema in it. */
final class DatabaseOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = {
                "The database, as postgresql://user@host:5432/database. Default: $DATABASE_URL.",
                "The password is best in $PGPASSWORD or in the pgpass file: other users of the machine see arguments."
            })
    private @Nullable String url;

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            defaultValue = "promptforge",
            description = "The schema of PromptForge's tables. Default: ${DEFAULT-VALUE}.")
    private String schema = "promptforge";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** The URL from {@code --url}, otherwise from {@code DATABASE_URL}; empty if neither is set. Says which on standard error. */
    Optional<DatabaseUrl> url() {
        return named(url, "--url").or(() -> named(System.getenv("DATABASE_URL"), "DATABASE_URL"));
    }

    private Optional<DatabaseUrl> named(@Nullable String text, String origin) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        DatabaseUrl parsed = DatabaseUrl.parse(text).withPasswordFromEnvironment(System.getenv());
        say("Database " + parsed + " of " + origin);
        return Optional.of(parsed);
    }

    /**
     * The URL from {@code --url}, otherwise from {@code DATABASE_URL}, otherwise of the server of {@code up} that runs.
     *
     * @throws InvalidDatabaseUrlException if no database is named and none runs
     */
    DatabaseUrl requiredUrl() {
        return url().or(this::local)
                .orElseThrow(() -> new InvalidDatabaseUrlException(
                        "is missing. Set DATABASE_URL, pass --url, or start a database with promptforge up"));
    }

    private Optional<DatabaseUrl> local() {
        Optional<DatabaseUrl> running = LocalServer.usual().url();
        running.ifPresent(it -> say("Database " + it + " of promptforge up"));
        return running;
    }

    DataSource dataSource() {
        return requiredUrl().dataSource();
    }

    String schema() {
        return schema;
    }

    Migrations migrations() {
        return Migrations.of(dataSource()).schema(schema);
    }

    PromptForgeSettings settings() {
        return PromptForgeSettings.defaults().schema(schema);
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
