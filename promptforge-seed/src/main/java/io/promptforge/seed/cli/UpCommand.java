package io.promptforge.seed.cli;

import io.promptforge.postgres.EmbeddedPostgres;
import io.promptforge.schema.MigrationResult;
import io.promptforge.schema.Migrations;
import io.promptforge.seed.demo.DemoData;
import io.promptforge.seed.demo.DemoResult;
import io.promptforge.seed.internal.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description = {
            "Starts a PostgreSQL for local development, migrates it, and stays until Ctrl-C. The data stay in its folder, also when it"
                    + " is killed.",
            "Meanwhile, commands without --url and DATABASE_URL use this server, unless its folder is given with --data. It accepts every"
                    + " user of this machine."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  promptforge up --seed", "  promptforge up --data ./database --port 15432"})
final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description =
                    "Where the data are. Other commands find the server by the printed DATABASE_URL then. Default:"
                            + " ~/.local/share/promptforge, for root /var/lib/promptforge.")
    private @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "5433",
            description = "The TCP port. Default: ${DEFAULT-VALUE}.")
    private int port = 5433;

    @Option(names = "--seed", description = "Load the demo organization.")
    private boolean seed;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        CommandOutput out = new CommandOutput(spec.commandLine().getOut());
        LocalServer local = data == null ? LocalServer.usual() : new LocalServer(data.toAbsolutePath());
        try (EmbeddedPostgres server = out.step("Starting PostgreSQL", () -> start(local))) {
            OrdinaryDatabase.make(server);
            DatabaseUrl url = LocalServer.url(server.port());
            DataSource dataSource = url.dataSource();
            MigrationResult migrated = out.step("Migrating", () -> Migrations.apply(dataSource));
            out.line("Schema " + migrated.schema() + " is at version " + migrated.to() + ".");
            if (seed) {
                DemoResult loaded = out.step("Loading", () -> DemoData.load(dataSource));
                out.line(SeedCommand.describe(loaded));
            }
            local.notePort(server.port());
            out.heading("Connect");
            out.line("export DATABASE_URL='" + url + "'");
            out.line("psql '" + url + "'");
            out.line("Ctrl-C ends it; the data stay in " + local.folder() + ".");
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private EmbeddedPostgres start(LocalServer local) {
        return EmbeddedPostgres.builder().keepIn(local.folder()).port(port).start();
    }
}
