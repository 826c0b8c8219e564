package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.schema.MigrationException.Reason;
import io.promptforge.schema.TestScripts.Addition;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

@Timeout(120)
class MigrationsConcurrencyTest {

    private static final int REPLICAS = 12;

    /** A script whose undo script waits for a lock on its table. */
    private static final Addition EXTRA =
            Addition.of("extra", "CREATE TABLE extra (x int);").undoneBy("DROP TABLE extra;");

    private final PGSimpleDataSource database = TestServer.emptyDatabase();
    private final ExecutorService threads = Executors.newFixedThreadPool(REPLICAS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void twelveReplicasAtOnceOnAnEmptyDatabaseRunEachScriptOnce() throws Exception {
        CyclicBarrier start = new CyclicBarrier(REPLICAS);
        Callable<MigrationResult> replica = () -> {
            try (HikariDataSource pool = TestServer.pool(database, 2)) {
                start.await();
                return Migrations.apply(pool);
            }
        };
        List<Future<MigrationResult>> replicas =
                Stream.generate(() -> threads.submit(replica)).limit(REPLICAS).toList();

        int applied = 0;
        for (Future<MigrationResult> result : replicas) {
            assertThat(result.get().to()).isEqualTo(TestScripts.latest());
            applied += result.get().applied();
        }

        assertThat(applied).isEqualTo(TestScripts.COUNT);
        assertThat(Sql.history(database, "promptforge")).isEqualTo(TestScripts.VERSIONS);
        Migrations.of(database).validate();
    }

    /** As behind PgBouncer in transaction mode. */
    @Test
    void fourReplicasWithThreeConnectionsTogetherRunEachScriptOnce() throws Exception {
        int replicas = 4;
        CyclicBarrier start = new CyclicBarrier(replicas);
        int applied = 0;
        DataSource pooler = new TransactionPooler(database, 3).dataSource();
        Callable<MigrationResult> replica = () -> {
            start.await();
            return Migrations.apply(pooler);
        };
        List<Future<MigrationResult>> results =
                Stream.generate(() -> threads.submit(replica)).limit(replicas).toList();
        for (Future<MigrationResult> result : results) {
            applied += result.get().applied();
        }

        assertThat(applied).isEqualTo(TestScripts.COUNT);
        assertThat(Sql.history(database, "promptforge")).isEqualTo(TestScripts.VERSIONS);
    }

    @Test
    void aRollbackWaitsForAMigrationAndThenFails() throws Exception {
        Migrations.apply(database);
        Migrations slow = Migrations.of(database)
                .scripts(TestScripts.shippedAnd(
                        Addition.of("slow", "SET LOCAL lock_timeout TO 0; SELECT pg_advisory_xact_lock(8);")));
        Future<MigrationResult> migration;
        Future<RollbackResult> rollback;
        try (Blocker blocker = new Blocker()) {
            blocker.run("SELECT pg_advisory_lock(8)");
            migration = threads.submit(() -> slow.apply());
            blocker.untilAStatementWaits("SELECT pg_advisory_xact_lock(8)%");
            rollback = threads.submit(() -> Migrations.of(database).rollback(1));
            blocker.untilAStatementWaits("SELECT pg_advisory_xact_lock($1)");
            assertThat(Sql.history(database, "promptforge")).isEqualTo(TestScripts.VERSIONS);
        }

        assertThat(migration.get().applied()).isEqualTo(1);
        busy(rollback);
        slow.validate();
    }

    @Test
    void twoRollbacksOfOneStepUndoOneStep() throws Exception {
        Migrations withExtra = Migrations.of(database).scripts(TestScripts.shippedAnd(EXTRA));
        withExtra.apply();
        Future<RollbackResult> first;
        Future<RollbackResult> second;
        try (Blocker blocker = new Blocker()) {
            blocker.run("BEGIN", "LOCK TABLE promptforge.extra");
            first = threads.submit(() -> withExtra.rollback(1));
            blocker.untilAStatementWaits("%DROP TABLE extra%");
            second = threads.submit(() -> withExtra.rollback(1));
            blocker.untilAStatementWaits("SELECT pg_advisory_xact_lock($1)");
        }

        assertThat(first.get().to()).contains(TestScripts.latest());
        busy(second);
        assertThat(withExtra.status().currentVersion()).contains(TestScripts.latest());
    }

    @Test
    void aMigrationThatWaitedForARollbackDoesNotSkipTheUndoneScript() throws Exception {
        Migrations withExtra = Migrations.of(database).scripts(TestScripts.shippedAnd(EXTRA));
        withExtra.apply();
        Migrations newer = Migrations.of(database)
                .scripts(TestScripts.shippedAnd(EXTRA, Addition.of("more", "CREATE TABLE more (x int);")));
        Future<RollbackResult> rollback;
        Future<MigrationResult> migration;
        try (Blocker blocker = new Blocker()) {
            blocker.run("BEGIN", "LOCK TABLE promptforge.extra");
            rollback = threads.submit(() -> withExtra.rollback(1));
            blocker.untilAStatementWaits("%DROP TABLE extra%");
            migration = threads.submit(() -> newer.apply());
            blocker.untilAStatementRuns("SELECT pg_try_advisory_xact_lock(%");
        }

        assertThat(rollback.get().to()).contains(TestScripts.latest());
        busy(migration);
        assertThat(Sql.history(database, "promptforge")).isEqualTo(TestScripts.VERSIONS);
        assertThat(newer.apply().applied()).isEqualTo(2);
    }

    @Test
    void aLockThatIsNotGivenIsReportedAsBusyAndChangesNothing() throws Exception {
        Scripts scripts = TestScripts.shippedAnd(EXTRA);
        Migrations migrations = Migrations.of(database).scripts(scripts);
        migrations.apply();
        Migrations newer = Migrations.of(database)
                .scripts(TestScripts.shippedAnd(EXTRA, Addition.of("more", "ALTER TABLE extra ADD COLUMN y int;")));
        try (Blocker blocker = new Blocker()) {
            blocker.run("BEGIN", "LOCK TABLE promptforge.extra");

            busy(threads.submit(() -> migrations.waitingAtMost(Duration.ZERO).rollback(1)));
            busy(threads.submit(() -> newer.waitingAtMost(Duration.ZERO).apply()));
        }
        migrations.validate();
    }

    private static void busy(Future<?> call) {
        assertThatThrownBy(call::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .asInstanceOf(type(MigrationException.class))
                .extracting(MigrationException::reason)
                .isEqualTo(Reason.BUSY);
    }

    /** A connection that holds locks until it is closed. */
    private final class Blocker implements AutoCloseable {

        private final Connection connection = database.getConnection();
        private final Statement statement = connection.createStatement();

        Blocker() throws SQLException {}

        void run(String... sql) throws SQLException {
            for (String one : sql) {
                statement.execute(one);
            }
        }

        void untilAStatementWaits(String query) {
            until("wait_event_type = 'Lock' AND query LIKE '" + query + "'");
        }

        /** Flyway does not wait in the server, but polls for its lock. */
        void untilAStatementRuns(String query) {
            until("query LIKE '" + query + "'");
        }

        private void until(String condition) {
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (Sql.column(
                            database,
                            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <>"
                                    + " pg_backend_pid() AND " + condition)
                    .isEmpty()) {
                assertThat(System.nanoTime()).as("waited for: " + condition).isLessThan(end);
                Sql.run(database, "SELECT pg_sleep(0.02)");
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
