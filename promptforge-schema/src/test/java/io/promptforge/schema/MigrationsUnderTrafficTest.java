package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.schema.TestScripts.Addition;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** A script needs a table for itself, which a transaction has read that does not end, while a service works with that table. */
@Timeout(120)
class MigrationsUnderTrafficTest {

    private static final Addition COLUMN = Addition.of("colour", "ALTER TABLE projects ADD COLUMN colour text;")
            .undoneBy("ALTER TABLE projects DROP COLUMN colour;");
    private static final String WAITING = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            + " AND wait_event_type = 'Lock' AND query LIKE 'ALTER TABLE projects%'";

    private final PGSimpleDataSource database = TestServer.migratedDatabase();
    private final Migrations migrations = Migrations.of(database).scripts(TestScripts.shippedAnd(COLUMN));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong statements = new AtomicLong();
    private volatile boolean stopped;

    @AfterEach
    void stop() {
        stopped = true;
        threads.shutdownNow();
    }

    @Test
    void statementsOfTheServiceGoOnWhileAScriptWaitsForALongReader() throws Exception {
        goesOnWhileWaiting(() -> migrations.apply().applied());

        assertThat(migrations.status().upToDate()).isTrue();
    }

    @Test
    void statementsOfTheServiceGoOnWhileAnUndoScriptWaitsForALongReader() throws Exception {
        migrations.apply();

        goesOnWhileWaiting(() -> migrations.rollback(1).undone());

        assertThat(migrations.status().currentVersion()).contains(TestScripts.latest());
    }

    private void goesOnWhileWaiting(Callable<Integer> change) throws Exception {
        List<Future<Long>> service = IntStream.range(0, 4)
                .mapToObj(i -> threads.submit(this::workUntilStopped))
                .toList();
        Future<Integer> changed;
        try (Connection reader = database.getConnection()) {
            reader.setAutoCommit(false);
            Sql.execute(reader, "SELECT count(*) FROM promptforge.projects");
            changed = threads.submit(change);

            for (int tries = 0; tries < 2; tries++) {
                until("the script waits", () -> !Sql.column(database, WAITING).isEmpty());
                until("it gives up", () -> Sql.column(database, WAITING).isEmpty());
                long before = statements.get();
                until("the service works", () -> statements.get() > before + 100);
                assertThat(changed).isNotDone();
            }
        }

        assertThat(changed.get()).isEqualTo(1);
        stopped = true;
        for (Future<Long> worker : service) {
            assertThat(worker.get()).isPositive();
        }
    }

    /** Fails with the first statement that fails. */
    private long workUntilStopped() throws SQLException {
        long done = 0;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            while (!stopped) {
                statement.execute("SELECT count(*) FROM promptforge.projects");
                statements.incrementAndGet();
                done++;
            }
        }
        return done;
    }

    private void until(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited until " + what).isLessThan(end);
            Sql.run(database, "SELECT pg_sleep(0.01)");
        }
    }
}
