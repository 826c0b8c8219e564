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
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = "Migrates and seeds a database and shows what is in it: an embedded one, unless one is named.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--keep", description = "Keep the embedded database running until this command is stopped.")
    private boolean keep;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Console console = new Console(spec.commandLine().getOut());
        Optional<DatabaseUrl> url = database.url();
        if (url.isPresent()) {
            show(console, url.get());
            return 0;
        }
        try (EmbeddedPostgres server = console.step("Starting PostgreSQL", EmbeddedPostgres::start)) {
            server.createDatabase("promptforge");
            show(
                    console,
                    DatabaseUrl.parse("postgresql://" + server.user() + "@127.0.0.1:" + server.port()
                            + "/promptforge?sslmode=disable"));
            if (keep) {
                waitUntilStopped(console, server);
            }
        }
        return 0;
    }

    private void show(Console console, DatabaseUrl url) {
        DataSource dataSource = url.dataSource();
        MigrationResult migrated = console.step(
                "Migrating",
                () -> Migrations.of(dataSource).schema(database.schema()).apply());
        DemoResult loaded =
                console.step("Loading", () -> DemoData.load(dataSource, database.settings(), console::detail));
        PromptForge forge = PromptForge.create(dataSource, database.settings());
        List<User> users = console.step("Logging in", () -> logIn(forge));

        console.line("");
        console.line("Schema " + migrated.schema() + " is at version " + migrated.to() + "; " + migrated.applied()
                + " migrations were applied.");
        console.line(SeedCommand.describe(loaded));
        users.forEach(user -> console.line(
                user.email() + " is logged in as " + user.role().name().toLowerCase(Locale.ROOT) + "."));
        console.heading("Database");
        console.line(url.toString());
        DemoReport report = new DemoReport(console, forge.tenant(loaded.organizationId()));
        report.rows(dataSource, database.schema());
        report.content();
    }

    private static List<User> logIn(PromptForge forge) {
        return DemoData.LOGINS.stream()
                .map(login -> forge.login(login.email(), login.password())
                        .orElseThrow(() -> new IllegalStateException(login.email() + " cannot log in")))
                .toList();
    }

    /** Ctrl-C and the like end the JVM, and the server goes with it. */
    private static void waitUntilStopped(Console console, EmbeddedPostgres server) throws InterruptedException {
        console.heading("Have a look");
        console.line("psql -h 127.0.0.1 -p " + server.port() + " -U " + server.user() + " promptforge");
        console.line("The database runs until you press Ctrl-C.");
        new CountDownLatch(1).await();
    }
}
