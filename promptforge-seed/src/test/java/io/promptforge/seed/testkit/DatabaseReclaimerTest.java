package io.promptforge.seed.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a shared server, which drops reclaimed databases at once. */
class DatabaseReclaimerTest {
    private EmbeddedPostgres postgres = EmbeddedPostgres.start();
    private DatabaseSupply supply = supplyOf(postgres);

    @AfterEach
    void end() {
        postgres.close();
    }

    @Test
    void noDatabaseIsClonedWhileTooManyWaitToBeDropped() throws Exception {
        FutureTask<Set<String>> takes = new FutureTask<>(this::moreThanAreMadeAhead);
        Thread taker = new Thread(takes, "taker");
        try (Connection blocking = blockingTheDropOf(supply.take("a test"))) {
            reclaim(DatabaseReclaimer.MOST_WAITING - 1);

            taker.start();
            Deadline.await("a thread that clones to wait for room", DatabaseReclaimerTest::isRoomAwaited);
            assertThat(takes.isDone()).isFalse();

            blocking.commit();
            assertThat(takes.get()).hasSize(2 * DatabaseSupply.MOST_AHEAD);
        }
    }

    private static boolean isRoomAwaited() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getMethodName().equals("awaitRoom"));
    }

    private Set<String> moreThanAreMadeAhead() {
        Set<String> names = new HashSet<>();
        while (names.size() < 2 * DatabaseSupply.MOST_AHEAD) {
            names.add(supply.take("a test"));
        }
        return names;
    }

    /** Reclaims the database, which cannot be dropped until the transaction of the returned connection ends. */
    private Connection blockingTheDropOf(String database) throws SQLException {
        Connection connection = postgres.dataSource("postgres").getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("COMMENT ON DATABASE " + database + " IS 'locked'");
        }
        supply.reclaimer().reclaim(database, "a test", false);
        return connection;
    }

    private void reclaim(int databases) {
        for (int i = 0; i < databases; i++) {
            supply.reclaimer().reclaim(supply.take("a test"), "a test", false);
        }
    }

    private static DatabaseSupply supplyOf(EmbeddedPostgres postgres) {
        String url = "postgresql://postgres@127.0.0.1:" + postgres.port() + "/postgres?sslmode=disable";
        return TestDatabases.of(List.of(), new TestServerSettings(Optional.of(url), Optional.empty(), Optional.empty()))
                .supply();
    }
}
