package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ScriptsTest {

    @Test
    void theListNamesEveryScriptInTheFolderAndEachHasItsUndo() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(Scripts.class.getResource(Scripts.FOLDER))
                .toURI());
        List<String> listed = Scripts.shipped().all().stream()
                .flatMap(script -> Stream.of(script.fileName(), script.undoFileName()))
                .toList();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    @Test
    void versionsAreCountedWithoutGaps() {
        List<Script> scripts = Scripts.shipped().all();
        for (int i = 0; i < scripts.size(); i++) {
            assertThat(scripts.get(i).version()).isEqualTo(String.valueOf(i + 1));
        }
    }

    @Test
    void checksumsAndDescriptionsAreThoseThatFlywayRecords() {
        PGSimpleDataSource database = TestServer.migratedDatabase();

        assertThat(
                        Sql.column(
                                database,
                                "SELECT concat_ws(' ', version, checksum, script, type, description) FROM"
                                        + " promptforge.flyway_schema_history WHERE version IS NOT NULL ORDER BY installed_rank"))
                .isEqualTo(Scripts.shipped().all().stream()
                        .map(script -> "%s %d %s SQL %s"
                                .formatted(
                                        script.version(), script.checksum(), script.fileName(), script.description()))
                        .toList());
    }

    @Test
    void lineEndsDoNotChangeTheChecksumButWordsDo() {
        Script unix = Script.of("1__x", file -> Optional.of("a;\nb;\n"));
        Script windows = Script.of("1__x", file -> Optional.of("a;\r\nb;\r\n"));
        Script edited = Script.of("1__x", file -> Optional.of("a;\nc;\n"));

        assertThat(windows.checksum()).isEqualTo(unix.checksum()).isNotEqualTo(edited.checksum());
    }
}
