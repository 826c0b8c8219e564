package io.promptforge.dao.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.dao.NotOnCitus;
import io.promptforge.dao.error.RetryableException.Reason;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.backup.Backup;
import io.promptforge.schema.backup.BackupException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the server is full while traces are stored, until room is made. Only root can mount a small file system. */
@NotOnCitus("starts a server of its own")
class DiskFullTest {

    private final Path folder;

    DiskFullTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void mount() throws Exception {
        if (!isDone("mount", "-t", "tmpfs", "-o", "size=256m", "promptforge-test", folder.toString())) {
            abort("A small file system cannot be mounted by this user on this machine");
        }
    }

    @AfterEach
    void unmount() throws Exception {
        isDone("umount", folder.toString());
    }

    @Test
    void everyAcknowledgedTraceIsThereAndTheServiceGoesOnWhenThereIsRoom(TestReporter reporter) throws Exception {
        Map<String, String> settings = Map.of("max_wal_size", "48MB", "min_wal_size", "32MB", "wal_recycle", "off");
        try (KillableServer server = KillableServer.start(folder, settings);
                HikariDataSource pool = KillableServer.pool(server.dataSource(), 6)) {
            Migrations.apply(pool);
            try (TracesUnderWay writers = TracesUnderWay.start(pool, 4)) {
                writers.awaitMore(20);
                Path filler = fill();
                writers.awaitFailure();
                Files.delete(filler);
                if (!server.isRunning()) {
                    server.restart();
                }
                writers.awaitMore(20);
                Set<UUID> acknowledged = writers.end();

                assertThat(TracesUnderWay.storedWhole(pool)).isEqualTo(acknowledged);
                assertThat(writers.failures()).containsOnlyKeys(Reason.NO_CONNECTION);
                reporter.publishEntry("disk full", acknowledged.size() + " traces, failed calls " + writers.failures());
            }
        }
    }

    @Test
    void aBackupOnAFullDiskLeavesNoFile(@TempDir Path other) throws Exception {
        try (KillableServer server = KillableServer.start(other)) {
            Migrations.apply(server.dataSource());
            Path filler = fill();
            Path file = folder.resolve("all.backup");

            assertThatThrownBy(() -> Backup.of(server.dataSource()).write(file))
                    .isInstanceOfSatisfying(
                            BackupException.class, e -> assertThat(e.reason()).isEqualTo(BackupException.Reason.FILE))
                    .hasMessageContaining("has room");

            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).containsExactly(filler);
            }
        }
    }

    private Path fill() throws IOException {
        Path filler = folder.resolve("filler");
        byte[] block = new byte[1 << 12];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
            return filler;
        }
    }

    private static boolean isDone(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
