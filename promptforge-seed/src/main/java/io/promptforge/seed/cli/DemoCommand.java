package io.promptforge.seed.cli;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.user.User;
import io.promptforge.postgres.EmbeddedPostgres;
import io.promptforge.schema.MigrationResult;
import io.promptforge.schema.Migrations;
import io.promptforge.seed.demo.DemoData;
import io.promptforge.seed.demo.DemoResult;
import io.promptforge.seed.internal.DatabaseUrl;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "Migrates a database, loads the demo organization and prints its content.",
            "Uses an embedded database unless --url or DATABASE_URL names another."
        },
        footer = {"  promptforge demo", "  promptforge demo --keep    # leaves the database running until Ctrl-C"})
final class DemoCommand extends DatabaseCommand {
    @Option(
            names = "--keep",
            description = "Keep the embedded database running until the command is stopped with Ctrl-C.")
    private boolean keep;

    @Override
    public Integer call() throws InterruptedException {
        CommandOutput out = out();
        Optional<DatabaseUrl> url = database.url();
        if (url.isPresent()) {
            show(out, url.get());
            return 0;
        }
        try (EmbeddedPostgres server = out.step("Starting PostgreSQL", EmbeddedPostgres::start)) {
            server.createDatabase("promptforge");
            show(
                    out,
                    DatabaseUrl.parse("postgresql://" + server.user() + "@127.0.0.1:" + server.port()
                            + "/promptforge?sslmode=disable"));
            if (keep) {
                waitUntilStopped(out, server);
            }
        }
        return 0;
    }

    private void show(CommandOutput out, DatabaseUrl url) {
        DataSource dataSource = url.dataSource();
        MigrationResult migrated = out.step(
                "Migrating",
                () -> Migrations.of(dataSource).schema(database.schema()).apply());
        DemoResult loaded = out.step("Loading", () -> DemoData.load(dataSource, database.settings(), out::detail));
        PromptForge forge = PromptForge.create(dataSource, database.settings());
        List<User> users = out.step("Logging in", () -> logIn(forge));

        out.line("");
        out.line("Schema " + migrated.schema() + " is at version " + migrated.to() + "; " + migrated.applied()
                + " migrations were applied.");
        out.line(SeedCommand.describe(loaded));
        users.forEach(user ->
                out.line(user.email() + " is logged in as " + user.role().name().toLowerCase(Locale.ROOT) + "."));
        out.heading("Database");
        out.line(url.toString());
        DemoReport report = new DemoReport(out, forge.tenant(loaded.organizationId()));
        report.rows(dataSource, database.schema());
        report.content();
    }

    private static List<User> logIn(PromptForge forge) {
        return DemoData.LOGINS.stream()
                .map(login -> forge.login(login.email(), login.password())
                        .orElseThrow(() -> new IllegalStateException(login.email() + " cannot log in")))
                .toList();
    }

    /** Waits for a signal, which ends the JVM and thereby the server. */
    private static void waitUntilStopped(CommandOutput out, EmbeddedPostgres server) throws InterruptedException {
        out.heading("Connect");
        out.line("psql -h 127.0.0.1 -p " + server.port() + " -U " + server.user() + " promptforge");
        out.line("The database is deleted when you press Ctrl-C.");
        new CountDownLatch(1).await();
    }
}
