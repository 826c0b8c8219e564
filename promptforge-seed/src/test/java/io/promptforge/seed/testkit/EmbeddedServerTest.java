package io.promptforge.seed.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.seed.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class EmbeddedServerTest {
    private record Nothing(String key) implements DatabaseTemplate {
        @Override
        public void prepare(DataSource dataSource) {}
    }

    private static final Pattern KEPT =
            Pattern.compile("postgresql://postgres@127.0.0.1:(\\d+)/(\\w+).*kill -INT (\\d+)");

    @Test
    void aFreshJvmDoesNotMigrateWhenTheClusterIsCached(@TempDir Path folder) throws Exception {
        TestDatabase.create().close();
        Path loaded = folder.resolve("loaded.txt");

        try (ChildJvm jvm = ChildJvm.start("once", Map.of(), "-Xlog:class+load:file=" + loaded)) {
            jvm.awaitReady();
        }

        assertThat(Files.readString(loaded))
                .contains("org.postgresql.Driver")
                .doesNotContain(
                        "org.flywaydb", "org.jooq", "com.fasterxml", "org.junit", "org.testcontainers.containers");
    }

    @Test
    void theTemplateRefusesConnectionsBecauseAnOpenOnePreventsCloning() {
        // A new key each time, so that the template is prepared and not taken from the cache.
        DatabaseServer server = EmbeddedServer.start(
                TemplateChain.of(List.of(new Nothing(UUID.randomUUID().toString()))));

        assertThatThrownBy(
                        () -> Sql.value(server.address("promptforge_template").dataSource(), "SELECT 1"))
                .hasMessageContaining("not currently accepting connections");
    }

    @Test
    void laterDatabasesOfAJvmContainTheCatalogueCacheBeforeTheFirstConnection() throws Exception {
        DatabaseServer server = EmbeddedServer.start(TemplateChain.of(List.of()));
        DataSource maintenance = server.maintenance().dataSource();

        assertThat(hasCacheOfCatalogue(maintenance, server.newDatabase())).isEqualTo("f");
        Deadline.await(
                "a database with the catalogue cache",
                () -> hasCacheOfCatalogue(maintenance, server.newDatabase()).equals("t"));

        DatabaseAddress later = server.address(server.newDatabase());
        assertThat(Sql.value(later.dataSource(), "SELECT count(*) FROM promptforge.organizations"))
                .isEqualTo("0");
        assertThatThrownBy(() -> Sql.value(
                        server.address("promptforge_connected_template").dataSource(), "SELECT 1"))
                .hasMessageContaining("not currently accepting connections");
    }

    @Test
    void twoJvmsAtOnceUseDifferentServers() throws Exception {
        try (ChildJvm one = ChildJvm.start("use", Map.of());
                ChildJvm two = ChildJvm.start("use", Map.of())) {
            assertThat(one.awaitReady()).hasSize(12);
            assertThat(two.awaitReady()).hasSize(12);
        }
    }

    @Test
    void aKeptDatabaseCanBeReadAfterItsJvmEndedUntilTheServerIsStopped() throws Exception {
        String printed;
        try (ChildJvm jvm = ChildJvm.start("keep", Map.of())) {
            List<String> lines = jvm.awaitReady();
            printed = lines.get(2);
            jvm.awaitEnd();
        }
        Matcher kept = KEPT.matcher(printed);
        assertThat(kept.find()).as(printed).isTrue();
        ProcessHandle server = ProcessHandle.of(Long.parseLong(kept.group(3))).orElseThrow();
        try {
            assertThat(organizations(Integer.parseInt(kept.group(1)), kept.group(2)))
                    .isEqualTo("0");
        } finally {
            new ProcessBuilder("kill", "-INT", kept.group(3)).start().waitFor();
        }
        Deadline.await("end of the server", () -> !server.isAlive());
    }

    private static String hasCacheOfCatalogue(DataSource maintenance, String database) throws SQLException {
        return Sql.value(
                maintenance,
                "SELECT (pg_stat_file('base/' || oid || '/pg_internal.init', true)).size IS NOT NULL FROM pg_database"
                        + " WHERE datname = '" + database + "'");
    }

    private static String organizations(int port, String database) throws SQLException {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/" + database);
        dataSource.setUser("postgres");
        return Sql.value(dataSource, "SELECT count(*) FROM promptforge.organizations");
    }
}
