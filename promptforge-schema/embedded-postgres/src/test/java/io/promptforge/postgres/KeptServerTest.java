package io.promptforge.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KeptServerTest {

    @RegisterExtension
    final OpenFolder temporary = new OpenFolder();

    @BeforeEach
    void needsTheWatchdog() {
        assumeFalse(LauncherEnvironment.current().isWindows(), "there is no watchdog on Windows");
    }

    @Test
    void theDataAreThereAgainAfterACloseAndAfterAKillOfJvmOrServer() throws Exception {
        Path folder = temporary.folder("kept");
        try (EmbeddedPostgres server = start(folder)) {
            Servers.execute(server, "postgres", "CREATE TABLE mark AS SELECT 42 AS value");
            assertThat(Servers.query(server, "postgres", "SHOW fsync")).isEqualTo("on");
        }
        assertThat(folder.resolve("data").resolve("PG_VERSION")).exists();

        try (ChildJvm jvm = new ChildJvm.Plan(temporary.folder("child"))
                .property("test.kept", folder)
                .start("wait")
                .awaitServer()) {
            jvm.signal("KILL");
            jvm.awaitEnd();
        }
        assertHasMark(folder);

        try (EmbeddedPostgres server = start(folder)) {
            ProcessHandle.of(server.processId().orElseThrow()).orElseThrow().destroyForcibly();
        }
        assertHasMark(folder);
    }

    @Test
    void theNextServerWaitsForAStatementOfAKilledOne() throws Exception {
        Path folder = temporary.folder("kept");
        EmbeddedPostgres killed = start(folder);
        Servers.execute(killed, "postgres", "CREATE TABLE mark AS SELECT 42 AS value");
        FutureTask<String> statement = new FutureTask<>(() ->
                Servers.query(killed, "postgres", "SELECT count(md5(n::text)) FROM generate_series(1, 4000000) AS n"));
        new Thread(statement).start();
        while (!Servers.query(
                        killed,
                        "postgres",
                        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%md5(%' AND pid <> pg_backend_pid()")
                .equals("1")) {
            Thread.onSpinWait();
        }
        ProcessHandle.of(killed.processId().orElseThrow()).orElseThrow().destroyForcibly();
        killed.close();

        assertThat(statement.isDone()).isFalse();

        assertHasMark(folder);
    }

    /** Ids of processes are used again, in a container after each start. */
    @Test
    void anotherProcessWithTheIdOfTheKilledServerDoesNotHoldTheNextOneBack() throws Exception {
        Path folder = temporary.folder("kept");
        EmbeddedPostgres killed = start(folder);
        Servers.execute(killed, "postgres", "CREATE TABLE mark AS SELECT 42 AS value");
        ProcessHandle.of(killed.processId().orElseThrow()).orElseThrow().destroyForcibly();
        killed.close();
        Path file = PostmasterFile.path(folder.resolve("data"));
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(2, String.valueOf(Long.parseLong(lines.get(2)) - 3600));

        try (EmbeddedPostgres other = EmbeddedPostgres.builder().start()) {
            lines.set(0, String.valueOf(other.processId().orElseThrow()));
            Files.write(file, lines);

            assertHasMark(folder);

            assertThat(Servers.query(other, "postgres", "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aSecondServerOnTheFolderIsRefusedAndTheFirstGoesOn() throws Exception {
        Path folder = temporary.folder("kept");
        try (EmbeddedPostgres server = start(folder)) {
            assertThatThrownBy(() -> start(folder)).hasMessageContaining("is running on " + folder + " already");
            assertThat(Servers.query(server, "postgres", "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aFolderWithOtherDataIsLeftAlone() throws Exception {
        Path folder = temporary.folder("foreign");
        Files.createDirectory(folder.resolve("data"));
        Files.writeString(folder.resolve("data").resolve("file"), "precious");

        assertThatThrownBy(() -> start(folder)).hasMessageContaining("was not made by this launcher");
        assertThat(folder.resolve("data").resolve("file")).hasContent("precious");
    }

    @Test
    void dataOfAnotherVersionAreRefused() throws Exception {
        Path folder = temporary.folder("kept");
        start(folder).close();
        Files.writeString(folder.resolve("data").resolve("PG_VERSION"), "13");

        assertThatThrownBy(() -> start(folder)).hasMessageContaining("has data of PostgreSQL 13");
    }

    @Test
    void theServerListensOnTheGivenPort() throws Exception {
        int port = LauncherEnvironment.current().ports().getAsInt();

        try (EmbeddedPostgres server = EmbeddedPostgres.builder().port(port).start()) {
            assertThat(server.port()).isEqualTo(port);
        }
        assertThatThrownBy(() -> EmbeddedPostgres.builder().port(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static EmbeddedPostgres start(Path folder) {
        return EmbeddedPostgres.builder().keepIn(folder).start();
    }

    private static void assertHasMark(Path folder) throws Exception {
        try (EmbeddedPostgres server = start(folder)) {
            assertThat(Servers.query(server, "postgres", "SELECT value FROM mark"))
                    .isEqualTo("42");
        }
    }
}
