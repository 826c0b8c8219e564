package io.promptforge.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedPostgresTest {

    @RegisterExtension
    final OpenFolder temporary = new OpenFolder();

    @Test
    void startsAndAnswersQueries() throws SQLException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            assertThat(Servers.query(server, "postgres", "SHOW server_version")).isEqualTo(server.version());
            assertThat(Servers.query(server, "postgres", "SELECT current_user")).isEqualTo(server.user());
            assertThat(server.jdbcUrl("x y")).contains("127.0.0.1:" + server.port() + "/x+y?user=postgres");
        }
    }

    @Test
    void closeRemovesTheFolderAndMayBeCalledAgain() {
        EmbeddedPostgres server = EmbeddedPostgres.start();
        Path folder = server.dataDirectory().getParent();
        assertThat(folder).exists();

        server.close();
        server.close();

        assertThat(folder).doesNotExist();
        assertThatThrownBy(() -> Servers.query(server, "postgres", "SELECT 1")).isInstanceOf(SQLException.class);
    }

    @Test
    void closeCutsOffOpenConnections() throws SQLException {
        EmbeddedPostgres server = EmbeddedPostgres.start();
        try (var connection = server.dataSource("postgres").getConnection()) {
            server.close();
            assertThat(connection.isValid(1)).isFalse();
        }
    }

    @Test
    void aServerThatIsLeftRunningSurvivesClose() throws Exception {
        assumeFalse(LauncherEnvironment.current().isWindows(), "nothing would remove its folder on Windows");
        EmbeddedPostgres server = EmbeddedPostgres.start();
        ProcessHandle process =
                ProcessHandle.of(server.processId().orElseThrow()).orElseThrow();
        try {
            server.leaveRunning(Duration.ofHours(1));
            server.close();

            assertThat(Servers.query(server, "postgres", "SELECT 1")).isEqualTo("1");
        } finally {
            new ProcessBuilder("kill", "-s", "INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        }
        Deadline.await("end of the server", () -> server.processId().isEmpty());
    }

    @Test
    void closeCleansUpEvenWhenTheWatchdogWasKilled() {
        EmbeddedPostgres server = EmbeddedPostgres.start();
        Path folder = server.dataDirectory().resolve("..").normalize();
        String name = folder.toString();
        ProcessHandle watchdog = ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(name))
                .findFirst()
                .orElseThrow();
        watchdog.destroyForcibly();
        Deadline.await("end of the watchdog", () -> !watchdog.isAlive());
        PostmasterFile postmaster = PostmasterFile.in(server.dataDirectory());
        assertThat(postmaster.isAlive()).isTrue();

        server.close();

        assertThat(folder).doesNotExist();
        Deadline.await("end of the server", () -> !postmaster.isAlive());
    }

    @Test
    void aCloneHasTheTemplatesTablesAndTheTemplateRefusesConnections() throws SQLException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            server.createDatabase("template \"one\"");
            Servers.execute(server, "template \"one\"", "CREATE TABLE kept AS SELECT 7 AS value");
            server.freezeTemplate("template \"one\"");

            server.cloneDatabase("template \"one\"", "copy");

            assertThat(Servers.query(server, "copy", "SELECT value FROM kept")).isEqualTo("7");
            assertThatThrownBy(() -> Servers.query(server, "template \"one\"", "SELECT 1"))
                    .hasMessageContaining("not currently accepting connections");
        }
    }

    @Test
    void aDroppedDatabaseIsGoneWithItsConnections() throws SQLException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            server.createDatabase("gone");
            try (var connection = server.dataSource("gone").getConnection()) {
                server.dropDatabase("gone");
                assertThat(connection.isValid(1)).isFalse();
            }
            assertThatThrownBy(() -> server.dropDatabase("gone")).hasMessageContaining("does not exist");
        }
    }

    @Test
    void databaseErrorsAreReportedAndDoNotHarmLaterCalls() {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            assertThatThrownBy(() -> server.cloneDatabase("missing", "copy"))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("\"missing\" does not exist");
            server.createDatabase("twice");
            assertThatThrownBy(() -> server.createDatabase("twice")).hasMessageContaining("already exists");
            assertThatThrownBy(() -> server.createDatabase("")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> server.createDatabase("é".repeat(32)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void textIsSortedByCodePointAndKnowsUnicodeCases() throws SQLException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            assertThat(Servers.query(server, "postgres", "SELECT lower('ÀÉ') || (U&'\\00E9' > 'z')"))
                    .isEqualTo("àétrue");
        }
    }

    @Test
    void isFastRatherThanDurableUnlessASettingSaysOtherwise() throws SQLException {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setting("max_connections", "37")
                .setting("fsync", "on")
                .start()) {
            assertThat(Servers.query(server, "postgres", "SHOW max_connections"))
                    .isEqualTo("37");
            assertThat(Servers.query(server, "postgres", "SHOW fsync")).isEqualTo("on");
            assertThat(Servers.query(server, "postgres", "SHOW synchronous_commit"))
                    .isEqualTo("off");
            assertThat(Servers.query(server, "postgres", "SHOW log_timezone")).isEqualTo("UTC");
            assertThat(Servers.query(server, "postgres", "SHOW listen_addresses"))
                    .isEqualTo("127.0.0.1");
        }
    }

    @Test
    void settingsThatTheLauncherNeedsAreRefused() {
        assertThatThrownBy(() -> EmbeddedPostgres.builder().setting("port", "5432"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("port");
    }

    @Test
    void aWrongSettingFailsWithTheServersLogAndLeavesNothing() throws IOException {
        Path data = temporary.data();

        assertThatThrownBy(() -> EmbeddedPostgres.builder()
                        .dataRoot(data)
                        .setting("no_such_setting", "1")
                        .start())
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("unrecognized configuration parameter \"no_such_setting\"");
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void anotherPortIsTriedWhenAnotherProcessTakesTheFirst() throws Exception {
        try (ServerSocket taken = takenPort()) {
            AtomicInteger asked = new AtomicInteger();
            LauncherEnvironment machine = LauncherEnvironment.current();
            LauncherEnvironment racing = machine.withPorts(() -> asked.getAndIncrement() < 2
                    ? taken.getLocalPort()
                    : machine.ports().getAsInt());

            try (EmbeddedPostgres server = EmbeddedPostgres.builder().on(racing).start()) {
                assertThat(server.port()).isNotEqualTo(taken.getLocalPort());
                assertThat(Servers.query(server, "postgres", "SELECT 1")).isEqualTo("1");
            }
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void everyPortThatWasTriedIsListedWhenNoneIsFree() throws Exception {
        Path data = temporary.data();
        try (ServerSocket taken = takenPort()) {
            LauncherEnvironment crowded = LauncherEnvironment.current().withPorts(taken::getLocalPort);

            assertThatThrownBy(() -> EmbeddedPostgres.builder()
                            .on(crowded)
                            .dataRoot(data)
                            .start())
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("could not bind");
        }
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void isInMemoryIfThereIsRoomAndElseOnDisk() {
        assumeTrue(Files.isWritable(Path.of("/dev/shm")), "needs /dev/shm");
        LauncherEnvironment machine = LauncherEnvironment.current();

        assertThat(folderOn(machine.withUsableSpace(any -> DataRoot.ROOM_NEEDED)))
                .startsWithRaw(Path.of("/dev/shm"));
        assertThat(folderOn(machine.withUsableSpace(any -> DataRoot.ROOM_NEEDED - 1)))
                .startsWithRaw(machine.temporaryFolder());
    }

    @Test
    void leavesNoFilesOutsideItsFolderInMemory() throws Exception {
        assumeTrue(Files.isWritable(Path.of("/dev/shm")), "needs /dev/shm");
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            assertThat(Servers.query(server, "postgres", "SHOW dynamic_shared_memory_type"))
                    .isEqualTo("mmap");
        }
    }

    @Test
    void startsTheServerOfAnInstallation() throws Exception {
        List<Path> installations = installations();
        assumeFalse(installations.isEmpty(), "needs PostgreSQL under /usr/lib/postgresql");
        Path installation = installations.get(0);

        try (EmbeddedPostgres server =
                EmbeddedPostgres.builder().binaries(installation).start()) {
            assertThat(server.version()).startsWith(installation.getFileName().toString());
            clonesATemplate(server);
        }
    }

    @Test
    void startsTheOldestSupportedVersionFromAJar() throws Exception {
        String jar = System.getProperty("promptforge.test.oldest-binaries", "");
        assumeTrue(Files.exists(Path.of(jar)) && !jar.isEmpty(), "needs the jar that the build fetches");

        try (EmbeddedPostgres server =
                EmbeddedPostgres.builder().binaries(Path.of(jar)).start()) {
            assertThat(server.version()).startsWith("14.");
            clonesATemplate(server);
        }
    }

    private static void clonesATemplate(EmbeddedPostgres server) throws SQLException {
        server.createDatabase("template");
        Servers.execute(server, "template", "CREATE TABLE kept AS SELECT 7 AS value");
        server.freezeTemplate("template");
        server.cloneDatabase("template", "copy");
        assertThat(Servers.query(server, "copy", "SELECT value FROM kept")).isEqualTo("7");
    }

    private static Path folderOn(LauncherEnvironment machine) {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().on(machine).start()) {
            return server.dataDirectory();
        }
    }

    private static ServerSocket takenPort() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        return socket;
    }

    private static List<Path> installations() throws IOException {
        Path parent = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.list(parent)) {
            return versions.filter(folder -> Installation.isAt(folder, false)).toList();
        }
    }
}
