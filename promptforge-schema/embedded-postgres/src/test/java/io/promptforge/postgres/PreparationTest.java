package io.promptforge.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PreparationTest {

    @RegisterExtension
    final OpenFolder temporary = new OpenFolder();

    private final AtomicInteger runs = new AtomicInteger();
    private Path cache = Path.of("");
    private Path data = Path.of("");

    @BeforeEach
    void folders() throws IOException {
        cache = temporary.folder("cache");
        data = temporary.data();
    }

    @Test
    void runsOnceAndEveryLaterServerHasItsDatabase() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (EmbeddedPostgres server =
                    builder().prepared("orders", this::createOrders).start()) {
                server.cloneDatabase("orders", "copy");
                assertThat(Servers.query(server, "copy", "SELECT value FROM kept"))
                        .isEqualTo("7");
            }
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    void worksOnAMachineWithoutAWorkingTar() throws Exception {
        LauncherEnvironment machine = LauncherEnvironment.current()
                .withEnvironment("PATH", temporary.failingCommands("tar") + ":" + System.getenv("PATH"));

        try (EmbeddedPostgres server =
                builder().on(machine).prepared("orders", this::createOrders).start()) {
            server.cloneDatabase("orders", "copy");
            assertThat(Servers.query(server, "copy", "SELECT value FROM kept")).isEqualTo("7");
        }
    }

    @Test
    void runsAgainForAnotherKeyAndForOtherSettings() {
        builder().prepared("one", this::createOrders).start().close();
        builder().prepared("two", this::createOrders).start().close();
        builder()
                .prepared("two", this::createOrders)
                .setting("default_toast_compression", "pglz")
                .start()
                .close();

        assertThat(runs).hasValue(3);
    }

    @Test
    void runsOnTheResultOfTheOneBeforeIt() throws Exception {
        try (EmbeddedPostgres server = builder()
                .prepared("orders", this::createOrders)
                .prepared("more", this::cloneOrders)
                .start()) {
            assertThat(Servers.query(server, "more", "SELECT value FROM kept")).isEqualTo("7");
        }
        try (EmbeddedPostgres server =
                builder().prepared("orders", this::createOrders).start()) {
            assertThatThrownBy(() -> Servers.query(server, "more", "SELECT 1")).hasMessageContaining("does not exist");
        }
    }

    @Test
    void runsAgainWhenTheOneBeforeItChangesButNotWhenTheOneAfterItDoes() {
        AtomicInteger later = new AtomicInteger();
        for (String[] keys : List.of(new String[] {"1", "1"}, new String[] {"1", "2"}, new String[] {"2", "2"})) {
            builder()
                    .prepared(keys[0], this::createOrders)
                    .prepared(keys[1], server -> later.incrementAndGet())
                    .start()
                    .close();
        }

        assertThat(runs).hasValue(2);
        assertThat(later).hasValue(3);
    }

    @Test
    void isNotCachedWhenItFailsAndRunsAgainNextTime() {
        Preparation failing = server -> {
            createOrders(server);
            throw new IOException("on purpose");
        };

        assertThatThrownBy(() -> builder().prepared("orders", failing).start())
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("on purpose")
                .hasCauseInstanceOf(IOException.class);
        assertThat(data).isEmptyDirectory();
        List<String> unprepared = clusters();
        assertThat(unprepared).hasSize(1);

        builder().prepared("orders", this::createOrders).start().close();
        assertThat(clusters()).hasSize(2).containsAll(unprepared);
        assertThat(runs).hasValue(2);
    }

    @Test
    void leavesNoServerWhenAnAssertionInItFails() {
        Preparation failing = server -> {
            throw new AssertionError("on purpose");
        };

        assertThatThrownBy(() -> builder().prepared("orders", failing).start()).isInstanceOf(AssertionError.class);
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void mayCloseTheServerItIsGiven() {
        builder()
                .prepared("closing", server -> {
                    createOrders(server);
                    server.close();
                })
                .start()
                .close();

        assertThat(runs).hasValue(1);
    }

    @Test
    void runsOnceWhenEightThreadsStartOnAnEmptyCache() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(this::startAndAsk));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("7");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(runs).hasValue(1);
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void runsOnceWhenThreeJvmsStartOnAnEmptyCache() throws Exception {
        Path counted = temporary.path().resolve("preparations");
        List<ChildJvm> jvms = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                jvms.add(new ChildJvm.Plan(temporary.path())
                        .property("promptforge.postgres.binaries", Servers.installation())
                        .property("promptforge.postgres.cache", cache)
                        .property("promptforge.postgres.data", data)
                        .property("test.preparations", counted)
                        .start("close"));
            }
            for (ChildJvm jvm : jvms) {
                jvm.awaitServer();
                assertThat(jvm.awaitEnd()).isZero();
                assertThat(jvm.hasLeftNothing()).isTrue();
            }
        } finally {
            jvms.forEach(ChildJvm::close);
        }
        assertThat(counted).hasContent("prepared");
    }

    private List<String> clusters() {
        String[] names = cache.resolve("clusters").toFile().list((folder, name) -> !name.endsWith(".lock"));
        return List.of(names == null ? new String[0] : names);
    }

    private String startAndAsk() throws Exception {
        try (EmbeddedPostgres server =
                builder().prepared("orders", this::createOrders).start()) {
            server.cloneDatabase("orders", "copy");
            return Servers.query(server, "copy", "SELECT value FROM kept");
        }
    }

    private void cloneOrders(EmbeddedPostgres server) {
        server.cloneDatabase("orders", "more");
    }

    private void createOrders(EmbeddedPostgres server) throws Exception {
        runs.incrementAndGet();
        server.createDatabase("orders");
        Servers.execute(server, "orders", "CREATE TABLE kept AS SELECT 7 AS value");
        server.freezeTemplate("orders");
    }

    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .binaries(Servers.installation())
                .cacheDirectory(cache)
                .dataRoot(data);
    }
}
