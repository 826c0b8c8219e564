package io.promptforge.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CacheTest {

    @RegisterExtension
    final OpenFolder temporary = new OpenFolder();

    @Test
    void anIncompleteEntryOfADeadBuilderIsReplaced() throws Exception {
        CacheDirectory cache = new CacheDirectory(temporary.folder("cache"));
        Path half = Files.createDirectories(temporary.path().resolve("cache/things/one.building"));
        Files.writeString(half.resolve("rubbish"), "half");
        Path other = Files.createDirectories(temporary.path().resolve("cache/things/two.building"));

        try (FolderLease lease =
                cache.build("things", "one", folder -> Files.writeString(folder.resolve("whole"), ""))) {
            assertThat(lease.folder())
                    .isDirectoryContaining("glob:**/whole")
                    .isDirectoryNotContaining("glob:**/rubbish");
        }
        assertThat(half).doesNotExist();
        assertThat(other).doesNotExist();
    }

    @Test
    void aBuildThatFailsLeavesNoEntry() throws Exception {
        CacheDirectory cache = new CacheDirectory(temporary.folder("cache"));

        assertThatThrownBy(() -> cache.build("things", "one", folder -> {
                    Files.writeString(folder.resolve("half"), "");
                    throw new IOException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(cache.find("things", "one")).isEmpty();
        assertThat(folders(temporary.path().resolve("cache/things"))).isEmpty();
    }

    @Test
    void recentlyUsedEntriesAreKeptAndThoseInUseAreNeverRemoved() throws Exception {
        CacheDirectory cache = new CacheDirectory(temporary.folder("cache"));
        List<String> all = new ArrayList<>();
        FolderLease inUse = build(cache, "in-use");
        for (int i = 0; i < CacheDirectory.KEPT + 2; i++) {
            build(cache, "entry-" + i).close();
            all.add("entry-" + i);
            age(i);
        }
        build(cache, "newest").close();
        Files.setLastModifiedTime(inUse.folder(), FileTime.fromMillis(0));
        build(cache, "newer").close();

        List<String> kept = new ArrayList<>(all.subList(all.size() - (CacheDirectory.KEPT - 2), all.size()));
        kept.addAll(List.of("newest", "newer", "in-use"));
        assertThat(folders(temporary.path().resolve("cache/things"))).containsExactlyInAnyOrderElementsOf(kept);

        inUse.close();
        build(cache, "last").close();
        assertThat(inUse.folder()).doesNotExist();
    }

    @Test
    void anEntryThatAnotherJvmUsesIsNotRemoved() throws Exception {
        assumeFalse(LauncherEnvironment.current().isWindows(), "needs the watchdog");
        Path folder = temporary.folder("cache");
        try (ChildJvm jvm = new ChildJvm.Plan(temporary.path())
                .property("promptforge.postgres.cache", folder)
                // The second cache is in there, and may already have the entry that this test builds.
                .property("java.io.tmpdir", temporary.folder("temporary"))
                .start("wait")
                .awaitServer()) {
            Path binaries = folder.resolve("binaries");
            String used = folders(binaries).get(0);
            CacheDirectory cache = new CacheDirectory(folder);
            for (int i = 0; i <= CacheDirectory.KEPT; i++) {
                cache.build("binaries", "entry-" + i, any -> {}).close();
            }
            assertThat(binaries.resolve(used)).exists();

            jvm.kill();
            jvm.awaitEnd();
            cache.build("binaries", "last", any -> {}).close();
            assertThat(binaries.resolve(used)).doesNotExist();
        }
    }

    @Test
    void aCacheThatOthersCanWriteIsRefused() throws Exception {
        assumeFalse(LauncherEnvironment.current().isWindows(), "needs permissions");
        Path cache = temporary.folder("cache");
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(
                        () -> EmbeddedPostgres.builder().cacheDirectory(cache).start())
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("others can write to it")
                .hasMessageContaining(cache.toString());
    }

    @Test
    void aCacheOfAnotherUserIsRefusedAlsoThroughALink() throws Exception {
        assumeTrue(JvmUser.current(LauncherEnvironment.current()).isRoot(), "needs root");
        Path cache = temporary.folder("cache");
        Files.setAttribute(cache, "unix:uid", 12345);
        Path link = Files.createSymbolicLink(temporary.path().resolve("link"), cache);

        for (Path path : List.of(cache, link)) {
            assertThatThrownBy(() ->
                            EmbeddedPostgres.builder().cacheDirectory(path).start())
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("belongs to uid 12345");
        }
    }

    @Test
    void everyFolderAndItsReasonIsListedWhenNoneCanBeUsed() throws Exception {
        Path file = Files.writeString(temporary.path().resolve("file"), "");
        LauncherEnvironment machine = LauncherEnvironment.current()
                .withProperty("java.io.tmpdir", temporary.folder("tmp").toString());
        JvmUser self = JvmUser.current(machine);
        Path spare = temporary.path().resolve("tmp/promptforge-postgres-" + self.id());
        Files.writeString(spare, "");

        assertThatThrownBy(() -> new Cache(machine, self, file.resolve("below")).obtain("things", "one", any -> {}))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining(file.resolve("below").toString())
                .hasMessageContaining(spare.toString());
    }

    @Test
    void aDamagedArchiveIsReportedAndNotCached() throws Exception {
        Path cache = temporary.folder("cache");
        Path archive = Files.write(temporary.path().resolve("postgres.txz"), new byte[1000]);

        assertThatThrownBy(() -> EmbeddedPostgres.builder()
                        .cacheDirectory(cache)
                        .binaries(archive)
                        .start())
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("damaged");
        assertThat(folders(cache.resolve("binaries"))).isEmpty();
    }

    private FolderLease build(CacheDirectory cache, String key) throws IOException {
        return cache.build("things", key, folder -> {});
    }

    private void age(int order) throws IOException {
        Path entry = temporary.path().resolve("cache/things/entry-" + order);
        if (Files.exists(entry)) {
            Files.setLastModifiedTime(entry, FileTime.fromMillis(1_000_000L + order * 1000L));
        }
    }

    private static List<String> folders(Path parent) throws IOException {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        }
    }
}
