package io.promptforge.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cache that was damaged between two runs. */
class DamagedCacheTest {

    @RegisterExtension
    final OpenFolder temporary = new OpenFolder();

    private final RecordedLog log = RecordedLog.of("io.promptforge.postgres");
    private Path cache = Path.of("");

    @BeforeEach
    void folder() throws IOException {
        cache = temporary.folder("cache");
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aTruncatedClusterIsBuiltAgainAndOneLineNamesTheFile() throws Exception {
        start().close();
        Path archive = newest("clusters", "data.tar");
        truncate(archive, 1_000_000);

        assertThat(answer()).isEqualTo("7");
        assertThat(answer()).isEqualTo("7");

        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains(archive.toString(), "has 1000000 bytes instead of", "built again");
    }

    /** Neither tar nor the server notices it. */
    @Test
    void anAlteredClusterIsBuiltAgain() throws Exception {
        start().close();
        Path archive = newest("clusters", "data.tar");
        try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
            file.seek(file.length() / 2);
            file.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        }

        assertThat(answer()).isEqualTo("7");

        assertThat(log.warnings()).singleElement().asString().contains(archive.toString(), "another content");
    }

    @Test
    void aClusterBelowADamagedOneIsBuiltAgainAsWell() throws Exception {
        start().close();
        for (Path archive : files("clusters", "data.tar")) {
            truncate(archive, 1_000_000);
        }

        assertThat(answer()).isEqualTo("7");

        assertThat(log.warnings()).hasSize(2);
    }

    @Test
    void entriesWithoutChecksumsAreBuiltAgain() throws Exception {
        start().close();
        for (Path list : files("clusters", "checksums")) {
            Files.delete(list);
        }

        assertThat(answer()).isEqualTo("7");
        assertThat(answer()).isEqualTo("7");

        assertThat(log.warnings()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin/postgres", "bin/initdb", "lib/postgresql/plpgsql.so"})
    void aMissingProgramIsUnpackedAgainWhileAnotherServerRuns(String program) throws Exception {
        assumeTrue(LauncherEnvironment.current().isLinux(), "names of Linux");
        try (EmbeddedPostgres running = packed().start()) {
            Path missing =
                    files("binaries", Path.of(program).getFileName().toString()).get(0);
            Files.delete(missing);

            try (EmbeddedPostgres server = packed().start()) {
                assertThat(Servers.query(server, "postgres", "SELECT 1")).isEqualTo("1");
            }

            assertThat(missing).exists();
            assertThat(Servers.query(running, "postgres", "SELECT 1")).isEqualTo("1");
            assertThat(log.warnings()).singleElement().asString().contains(missing + " is missing");
        }
    }

    @Test
    void aFolderThatCannotBeUsedIsSaidAndAUsableOneIsFilledLater() throws Exception {
        LauncherEnvironment machine = LauncherEnvironment.current()
                .withProperty("java.io.tmpdir", temporary.folder("tmp").toString());
        Path unusable = Path.of("/proc/promptforge-" + temporary.path().getFileName());

        builder().on(machine).cacheDirectory(unusable).start().close();
        builder().on(machine).cacheDirectory(unusable).start().close();
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains(unusable.toString(), temporary.path().resolve("tmp").toString());

        builder().on(machine).start().close();
        assertThat(files("clusters", "data.tar")).isNotEmpty();
        assertThat(log.warnings()).hasSize(1);
    }

    @Test
    void aFullFolderIsNamedWithTheSettingThatMovesIt() throws Exception {
        SQLException full = new SQLException("could not extend file \"base/1/2\"", "53100");

        assertThatThrownBy(() -> builder()
                        .prepared("full", server -> {
                            throw full;
                        })
                        .start())
                .hasMessageContaining(temporary.data().toString())
                .hasMessageContaining("PROMPTFORGE_POSTGRES_DATA");
        assertThat(DiskFull.advice(new IllegalStateException(full), cache)).contains(cache + " is full");
        assertThat(DiskFull.advice("tar: data: Cannot write: No space left on device", cache))
                .contains(cache + " is full");
        assertThat(DiskFull.advice(new SQLException("syntax error", "42601"), cache))
                .isEmpty();
    }

    private String answer() throws SQLException {
        try (EmbeddedPostgres server = start()) {
            return Servers.query(server, "postgres", "SELECT value FROM kept");
        }
    }

    private EmbeddedPostgres start() {
        return builder().start();
    }

    private EmbeddedPostgres.Builder builder() {
        return packed().binaries(Servers.installation())
                .prepared(
                        "kept",
                        server -> Servers.execute(server, "postgres", "CREATE TABLE kept AS SELECT 7 AS value"));
    }

    private EmbeddedPostgres.Builder packed() {
        return EmbeddedPostgres.builder().cacheDirectory(cache).dataRoot(temporary.data());
    }

    private Path newest(String kind, String name) throws IOException {
        Path newest = files(kind, name).get(0);
        for (Path file : files(kind, name)) {
            if (Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(newest)) > 0) {
                newest = file;
            }
        }
        return newest;
    }

    private List<Path> files(String kind, String name) throws IOException {
        try (Stream<Path> paths = Files.walk(cache.resolve(kind))) {
            return paths.filter(path -> path.endsWith(name)).toList();
        }
    }

    private static void truncate(Path file, long size) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.setLength(size);
        }
    }
}
