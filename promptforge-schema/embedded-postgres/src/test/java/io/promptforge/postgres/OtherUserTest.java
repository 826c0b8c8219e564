package io.promptforge.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts servers as root, and as users that root switches to. */
class OtherUserTest {

    private static final String NAMELESS = "12345";

    @RegisterExtension
    final OpenFolder temporary = new OpenFolder();

    @BeforeEach
    void needsRoot() {
        assumeTrue(JvmUser.current(LauncherEnvironment.current()).isRoot(), "needs root");
    }

    @Test
    void rootsServerRunsAsAnotherUser() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            assertThat(JvmUser.ownerOf(server.dataDirectory()))
                    .hasValueSatisfying(uid -> assertThat(uid).isNotZero());
        }
    }

    @Test
    void rootNeedsNoUserNamespaceAsInAnOrdinaryContainer() throws Exception {
        startsWithout("unshare");
    }

    @ParameterizedTest
    @ValueSource(strings = {"setpriv", "setpriv,runuser", "setpriv,runuser,su"})
    void rootFallsBackToTheNextWayThatWorks(String failing) throws Exception {
        String[] names = failing.split(",", -1);
        if (names.length == 3) {
            assumeTrue(unshareWorks(), "needs user namespaces");
        }
        startsWithout(names);
    }

    @Test
    void everyWayIsListedWhenNoneWorks() throws Exception {
        LauncherEnvironment machine = failing("setpriv", "runuser", "su", "unshare");

        assertThatThrownBy(() -> EmbeddedPostgres.builder().on(machine).start())
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("setpriv is not allowed here")
                .hasMessageContaining("runuser is not allowed here")
                .hasMessageContaining("su is not allowed here")
                .hasMessageContaining("unshare is not allowed here")
                .hasMessageContaining("What to do");
    }

    @Test
    void aUserWithoutANameStartsFromACacheThatRootFilledAndItCanOnlyRead() throws Exception {
        Path cache = temporary.folder("cache");
        EmbeddedPostgres.builder().cacheDirectory(cache).start().close();

        try (ChildJvm jvm = as(NAMELESS)
                .property("promptforge.postgres.cache", cache)
                .environment(Map.of("PATH", failingPath("unshare")))
                .start("wait")
                .awaitServer()) {
            assertThat(JvmUser.ownerOf(jvm.serverFolder().resolve("data"))).hasValue(Integer.valueOf(NAMELESS));
            jvm.kill();
            Deadline.await("end of server and folder", jvm::hasLeftNothing);
        }
    }

    @Test
    void theErrorForAUserWithoutANameAndACacheSaysWhatToDo() throws Exception {
        try (ChildJvm jvm = as(NAMELESS)
                .property("java.io.tmpdir", ownedBy(NAMELESS, "tmp"))
                .property("promptforge.postgres.binaries", Servers.installation())
                .environment(Map.of("PATH", failingPath("unshare")))
                .start("close")) {
            assertThatThrownBy(jvm::awaitServer)
                    .hasMessageContaining("could not look up effective user ID " + NAMELESS)
                    .hasMessageContaining("unshare is not allowed here")
                    .hasMessageContaining("PROMPTFORGE_POSTGRES_CACHE");
        }
    }

    @Test
    void aUserWithoutANameStartsFromNothingWhereUserNamespacesAreAllowed() throws Exception {
        assumeTrue(unshareWorks(), "needs user namespaces");
        try (ChildJvm jvm = as(NAMELESS)
                .property("java.io.tmpdir", ownedBy(NAMELESS, "tmp"))
                .property("promptforge.postgres.binaries", Servers.installation())
                .environment(Map.of("PATH", System.getenv("PATH")))
                .start("close")
                .awaitServer()) {
            assertThat(jvm.awaitEnd()).isZero();
        }
    }

    @Test
    void anOrdinaryUserWithoutAHomeStartsFromNothing() throws Exception {
        PasswdEntry unprivileged =
                PasswdEntry.unprivileged(LauncherEnvironment.current()).orElseThrow();
        String uid = String.valueOf(unprivileged.uid());
        Path tmp = ownedBy(uid, "tmp");

        try (ChildJvm jvm = as(uid).property("java.io.tmpdir", tmp)
                .environment(Map.of("PATH", System.getenv("PATH")))
                .start("close")
                .awaitServer()) {
            assertThat(jvm.awaitEnd()).isZero();
            assertThat(jvm.hasLeftNothing()).isTrue();
        }
        try (Stream<Path> left = Files.list(tmp)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .filteredOn(name -> !name.startsWith("hsperfdata"))
                    .containsExactly("promptforge-postgres-" + uid);
        }
    }

    private void startsWithout(String... failing) throws Exception {
        Path folder;
        PostmasterFile postmaster;
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .on(failing(failing))
                .binaries(Servers.installation())
                .cacheDirectory(temporary.folder("cache"))
                .start()) {
            assertThat(Servers.query(server, "postgres", "SELECT 1")).isEqualTo("1");
            folder = server.dataDirectory().getParent();
            postmaster = PostmasterFile.in(server.dataDirectory());
        }
        assertThat(folder).doesNotExist();
        assertThat(postmaster.isAlive()).isFalse();
    }

    private LauncherEnvironment failing(String... names) throws IOException {
        return LauncherEnvironment.current().withEnvironment("PATH", failingPath(names));
    }

    private String failingPath(String... names) throws IOException {
        return temporary.failingCommands(names) + ":" + System.getenv("PATH");
    }

    private ChildJvm.Plan as(String uid) throws IOException {
        return new ChildJvm.Plan(temporary.path())
                .prefixed("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups")
                .classPathReadableByAll();
    }

    private Path ownedBy(String uid, String name) throws IOException {
        Path folder = temporary.folder(name);
        Files.setAttribute(folder, "unix:uid", Integer.valueOf(uid));
        return folder;
    }

    private static boolean unshareWorks() {
        return ServerUser.namespaced(LauncherEnvironment.current(), new FailedAttempts())
                .isPresent();
    }
}
