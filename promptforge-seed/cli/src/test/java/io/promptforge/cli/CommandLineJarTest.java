package io.promptforge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is delivered, started as operators do. */
class CommandLineJarTest {
    private static final String PASSWORD = "s3cret";

    private final EmbeddedPostgres server = EmbeddedPostgres.start();
    private final Map<String, String> environment = new HashMap<>();

    /** Lets the role ada in with a password only. */
    @BeforeEach
    void askForThePassword() throws Exception {
        Path rules = server.dataDirectory().resolve("pg_hba.conf");
        Files.writeString(rules, "host all ada all scram-sha-256\n" + Files.readString(rules));
        try (Connection connection = server.dataSource("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE ada LOGIN PASSWORD '" + PASSWORD + "'");
            statement.execute("CREATE DATABASE app OWNER ada");
            statement.execute("SELECT pg_reload_conf()");
        }
        environment.put("DATABASE_URL", "postgresql://ada@127.0.0.1:" + server.port() + "/app?sslmode=disable");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theJarMigratesSeedsAndExaminesWithThePasswordOfTheEnvironment() throws Exception {
        environment.put("PGPASSWORD", PASSWORD);

        assertThat(run(0, "migrate")).contains("of DATABASE_URL").contains("Schema promptforge is now at version");
        assertThat(run(0, "seed")).contains("The demo organization was loaded.");
        assertThat(run(0, "doctor")).contains("Nothing is wrong");
        assertThat(run(0, "rollback", "--steps", "1")).contains("1 migrations undone");
        assertThat(run(1, "doctor")).contains("error MIGRATIONS_PENDING").doesNotContain(PASSWORD);
    }

    @Test
    void thePasswordComesFromThePgpassFile(@TempDir Path folder) throws Exception {
        assertThat(run(1, "doctor")).contains("LOGIN_REFUSED");

        Path pgpass = folder.resolve("pgpass");
        Files.writeString(pgpass, "127.0.0.1:*:app:ada:" + PASSWORD + "\n");
        Files.setPosixFilePermissions(pgpass, PosixFilePermissions.fromString("rw-------"));
        environment.put("PGPASSFILE", pgpass.toString());

        assertThat(run(1, "status")).contains("pending").doesNotContain(PASSWORD);
    }

    @Test
    void theDemoBringsItsOwnServer() throws Exception {
        environment.remove("DATABASE_URL");

        assertThat(run(0, "demo")).contains("Starting PostgreSQL").contains("spans 25");
    }

    @Test
    void theVersionAndTheCompletionArePrinted() throws Exception {
        assertThat(run(0, "--version")).startsWith("promptforge ").doesNotContain("not packaged");
        assertThat(run(0, "generate-completion")).contains("complete -F").contains("doctor");
    }

    @Test
    void aBackupAndARestoreThatAreKilledLeaveNothingHalfDone(@TempDir Path folder) throws Exception {
        environment.put("PGPASSWORD", PASSWORD);
        Path file = folder.resolve("all.backup");
        run(0, "migrate");
        run(0, "volume", "--spans", "20000");
        kill("Writing", "backup", file.toString());
        assertThat(file).doesNotExist();

        run(0, "backup", file.toString());
        run(0, "reset", "--delete-all-data-of", "promptforge");
        kill("Loading", "restore", file.toString());

        assertThat(run(0, "restore", file.toString())).contains("all read back and compared");
        assertThat(run(0, "doctor", "--json")).contains("\"findings\" : [ ]");
    }

    @Test
    void theLocalServerHasItsDataAgainAfterAKill(@TempDir Path data) throws Exception {
        environment.remove("DATABASE_URL");
        // As root, the server runs as another user.
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
        String port = String.valueOf(freePort());

        kill("Ctrl-C ends it", "up", "--seed", "--data", data.toString(), "--port", port);
        String url = "postgresql://promptforge@127.0.0.1:" + port + "/promptforge?sslmode=disable";
        Process again = start("up", "--data", data.toString(), "--port", port);
        try {
            await(again, "Ctrl-C ends it");
            assertThat(run(0, "seed", "--url", url)).contains("nothing was changed");
            assertThat(run(0, "doctor", "--url", url)).contains("Nothing is wrong");
        } finally {
            again.destroy();
            again.waitFor();
            awaitEndOfServer(data);
        }
    }

    /** Starts the command and kills it when it has printed this. */
    private void kill(String when, String... arguments) throws Exception {
        Process program = start(arguments);
        await(program, when);
        program.destroyForcibly().waitFor();
    }

    private static void await(Process program, String text) throws IOException {
        StringBuilder printed = new StringBuilder();
        while (printed.indexOf(text) < 0) {
            int next = program.getInputStream().read();
            assertThat(next).as(printed.toString()).isNotEqualTo(-1);
            printed.append((char) next);
        }
    }

    /** Its watchdog ends it in order, and notes that as the last file in its folder. */
    private static void awaitEndOfServer(Path data) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!Files.exists(data.resolve("exit"))) {
            assertThat(System.nanoTime()).as("waited for the end of the server").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private String run(int exitCode, String... arguments) throws IOException, InterruptedException {
        Process program = start(arguments);
        String printed = new String(program.getInputStream().readAllBytes(), UTF_8);
        assertThat(program.waitFor()).as(printed).isEqualTo(exitCode);
        return printed;
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("cli.jar")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("DATABASE_URL");
        builder.environment().putAll(environment);
        return builder.start();
    }
}
