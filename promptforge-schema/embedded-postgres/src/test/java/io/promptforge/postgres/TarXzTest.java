package io.promptforge.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class TarXzTest {

    @TempDir
    private Path temporary = Path.of("");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @BeforeEach
    void needsLinks() {
        assumeFalse(LauncherEnvironment.current().isWindows(), "needs permissions and symbolic links");
    }

    @Test
    void keepsLinksAndTheExecutableBit() throws IOException {
        try (TarArchiveOutputStream tar = archive()) {
            file(tar, "bin/run", 0755);
            file(tar, "lib/so.1", 0600);
            link(tar, "lib/so", "so.1");
        }

        unpack();

        assertThat(temporary.resolve("out/bin/run")).isExecutable();
        assertThat(Files.getPosixFilePermissions(temporary.resolve("out/lib/so.1")))
                .isEqualTo(FileTree.PUBLIC_FILE);
        assertThat(temporary.resolve("out/lib/so")).isSymbolicLink().hasContent("content of lib/so.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "a/../../outside", "/outside"})
    void refusesAFileOutsideOfTheFolder(String name) throws IOException {
        try (TarArchiveOutputStream tar = archive()) {
            file(tar, name, 0644);
        }

        assertThatThrownBy(this::unpack).isInstanceOf(IOException.class).hasMessageContaining("leads out");
        assertThat(temporary.resolve("outside")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../outside", "/outside"})
    void refusesALinkThatPointsOutside(String target) throws IOException {
        try (TarArchiveOutputStream tar = archive()) {
            link(tar, "lib/link", target);
        }

        assertThatThrownBy(this::unpack).isInstanceOf(IOException.class).hasMessageContaining("leads out");
    }

    @Test
    void aTruncatedArchiveIsAnError() throws IOException {
        try (TarArchiveOutputStream tar = archive()) {
            file(tar, "bin/run", 0755);
        }
        byte[] half = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);

        assertThatThrownBy(() -> TarXz.unpack(new ByteArrayInputStream(half), temporary.resolve("out")))
                .isInstanceOf(IOException.class);
    }

    private void unpack() throws IOException {
        Path out = temporary.resolve("out");
        Files.createDirectories(out);
        TarXz.unpack(new ByteArrayInputStream(bytes.toByteArray()), out);
    }

    private TarArchiveOutputStream archive() throws IOException {
        return new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(0)));
    }

    private static void file(TarArchiveOutputStream tar, String name, int mode) throws IOException {
        byte[] content = ("content of " + name).getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream tar, String name, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }
}
