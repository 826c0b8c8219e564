package io.promptforge.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClusterArchiveTest {

    @RegisterExtension
    final OpenFolder temporary = new OpenFolder();

    @Test
    void containsAllFilesExceptTheMapsThatTheServerRebuilds() throws Exception {
        Path data = temporary.folder("data");
        Files.createDirectories(data.resolve("base").resolve("1"));
        Files.createDirectory(data.resolve("pg_notify"));
        Files.write(data.resolve("base").resolve("1").resolve("112"), new byte[] {0, -1, 7});
        Files.createFile(data.resolve("base").resolve("1").resolve("112_fsm"));
        Files.createFile(data.resolve("empty"));
        Path archive = temporary.path().resolve("data.tar");
        Path copy = temporary.folder("copy");
        List<Path> made = new ArrayList<>();

        ClusterArchive.pack(data, archive);
        ClusterArchive.unpack(archive, copy, made::add);

        assertThat(copy.resolve("base").resolve("1").resolve("112")).hasBinaryContent(new byte[] {0, -1, 7});
        assertThat(copy.resolve("pg_notify")).isEmptyDirectory();
        assertThat(copy.resolve("empty")).isEmptyFile();
        assertThat(made)
                .containsExactlyInAnyOrder(
                        copy.resolve("base"),
                        copy.resolve("base").resolve("1"),
                        copy.resolve("base").resolve("1").resolve("112"),
                        copy.resolve("pg_notify"),
                        copy.resolve("empty"));
    }

    @Test
    void refusesALinkBecauseAllServersWouldShareItsTarget() throws Exception {
        Path data = temporary.folder("data");
        Files.createSymbolicLink(data.resolve("16385"), temporary.folder("tablespace"));

        assertThatThrownBy(() -> ClusterArchive.pack(data, temporary.path().resolve("data.tar")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("16385")
                .hasMessageContaining("tablespace");
    }
}
