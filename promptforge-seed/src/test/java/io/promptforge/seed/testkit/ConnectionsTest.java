package io.promptforge.seed.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connections of a server are limited. */
class ConnectionsTest {
    private final List<Connection> opened = new ArrayList<>();

    @AfterEach
    void close() throws SQLException {
        for (Connection connection : opened) {
            connection.close();
        }
    }

    @Test
    void fortyTestsCanLeaveTenConnectionsOpenEach() throws Exception {
        try (RecordedLog log = RecordedLog.of("io.promptforge.seed.testkit")) {
            for (int test = 0; test < 40; test++) {
                try (TestDatabase database = TestDatabase.create()) {
                    open(database, 10);
                }
            }
            TestDatabases.awaitReports();

            assertThat(log.warnings())
                    .hasSize(40)
                    .allMatch(warning -> warning.contains("10 (") && warning.contains("They are ended"));
        }
        Deadline.await("end of the connections", () -> opened.stream().noneMatch(ConnectionsTest::isAlive));
    }

    @Test
    void thirtyTwoPoolsOfTenConnectionsFitAtOnce() throws SQLException {
        List<TestDatabase> contexts = new ArrayList<>();
        try {
            for (int context = 0; context < 32; context++) {
                contexts.add(TestDatabase.create());
                open(contexts.get(context), 10);
            }
            assertThat(opened).hasSize(320).allMatch(ConnectionsTest::isAlive);
        } finally {
            close();
            contexts.forEach(TestDatabase::close);
        }
    }

    @Test
    void aRefusalSaysWhichTestsHoldHowManyConnections() throws SQLException {
        try (EmbeddedPostgres server =
                EmbeddedPostgres.builder().setting("max_connections", "25").start()) {
            TestDatabases databases = TestDatabases.of(List.of(), settings(server));
            try (TestDatabase one = databases.create("OneTest.one()");
                    TestDatabase other = databases.create("OtherTest.other()")) {
                one.snapshot();
                open(one, 6);

                assertThatThrownBy(() -> open(other, 25))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("too many clients")
                        .hasMessageContaining("7 of 25: " + one.name() + " of OneTest.one()")
                        .hasMessageContaining(other.name() + " of OtherTest.other()")
                        .hasMessageContaining("spring.test.context.cache.maxSize");
            } finally {
                close();
            }
        }
    }

    private static TestServerSettings settings(EmbeddedPostgres server) {
        String url = "postgresql://postgres@127.0.0.1:" + server.port() + "/postgres?sslmode=disable";
        return new TestServerSettings(Optional.of(url), Optional.empty(), Optional.empty());
    }

    private void open(TestDatabase database, int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            opened.add(database.dataSource().getConnection());
        }
    }

    private static boolean isAlive(Connection connection) {
        try {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }
}
