package io.promptforge.schema.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.schema.TestServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What a program leaves that ends in the middle of a backup. */
class KilledBackupTest {

    private final PGSimpleDataSource database = TestServer.migratedDatabase();
    private final Path folder;
    private final Path file;
    private final Process program;

    KilledBackupTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.file = folder.resolve("all.backup");
        this.program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Program.class.getName(),
                        String.valueOf(database.getURL()),
                        String.valueOf(database.getUser()),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @BeforeEach
    void awaitTheMiddle() throws IOException {
        assertThat(program.getInputStream().read()).isEqualTo('w');
        assertThat(files()).singleElement().asString().endsWith(".part");
    }

    @AfterEach
    void end() throws InterruptedException {
        program.destroyForcibly().waitFor();
    }

    @Test
    void ctrlCLeavesNoFile() throws Exception {
        program.destroy();
        program.waitFor();

        assertThat(files()).isEmpty();
    }

    @Test
    void whatAKillLeavesIsRemovedByTheNextBackupOfThisName() throws Exception {
        program.destroyForcibly().waitFor();
        Path other = Files.createFile(folder.resolve("all.backup.old.part"));
        assertThat(files()).hasSize(2);

        Backup.of(database).write(file);

        assertThat(files()).containsExactlyInAnyOrder(file, other);
    }

    @Test
    void theFileOfABackupThatStillRunsIsKept() throws Exception {
        Backup.of(database).write(file);

        assertThat(files()).hasSize(2).anyMatch(each -> each.toString().endsWith(".part"));
    }

    @Test
    void aBackupThatFailsLeavesNoFile() throws Exception {
        program.destroyForcibly().waitFor();

        assertThatThrownBy(() -> Backup.of(database)
                        .progress(progress -> {
                            throw new IllegalStateException("listener");
                        })
                        .write(file))
                .isInstanceOf(IllegalStateException.class);

        assertThat(files()).isEmpty();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** Begins a backup, says so, and stays in the middle of it. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws IOException {
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setURL(arguments[0]);
            database.setUser(arguments[1]);
            try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
                Backup.of(database).progress(progress -> stay(out)).write(Path.of(arguments[2]));
            }
        }

        private static void stay(OutputStream out) {
            try {
                out.write('w');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            while (true) {
                LockSupport.park();
            }
        }
    }
}
