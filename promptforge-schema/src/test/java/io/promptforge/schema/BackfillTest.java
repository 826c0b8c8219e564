package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.postgres.CitusCluster;
import io.promptforge.schema.MigrationException.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** A new column is filled in batches, and what was interrupted goes on. */
class BackfillTest {

    private static final int ROWS = 1_050;

    /** The organization of all rows but the last 50; on a cluster, no batch has rows of two. */
    private static final String LARGE = SampleRows.id(8, 1);

    private static final String SMALL = SampleRows.id(9, 1);

    private final PGSimpleDataSource database = TestServer.migratedDatabase();
    private final Backfill backfill = Backfill.of(database, "projects", "summary = name || '!'", "summary IS NULL")
            .batchSize(100);

    @BeforeEach
    void addAColumnToATableWithRows() {
        Sql.run(
                database,
                "INSERT INTO promptforge.organizations (id, name, slug) VALUES (" + LARGE + ", 'Acme', 'acme'), ("
                        + SMALL + ", 'Globex', 'globex')",
                "INSERT INTO promptforge.projects (organization_id, id, name) SELECT " + LARGE + ", gen_random_uuid(),"
                        + " 'Project ' || n FROM generate_series(1, 1000) n",
                "INSERT INTO promptforge.projects (organization_id, id, name) SELECT " + SMALL + ", gen_random_uuid(),"
                        + " 'Project ' || n FROM generate_series(1, " + (ROWS - 1_000) + ") n",
                "ALTER TABLE promptforge.projects ADD COLUMN summary text");
    }

    @Test
    void allRowsAreFilledInBatchesAndAnotherRunChangesNothing() {
        List<Long> reported = new ArrayList<>();

        assertThat(backfill.progress(reported::add).run()).isEqualTo(ROWS);

        assertThat(reported).hasSize(11).startsWith(100L, 200L).endsWith(1_000L, (long) ROWS);
        assertThat(value("count(*) FROM promptforge.projects WHERE summary = name || '!'"))
                .isEqualTo(ROWS);
        assertThat(value("count(DISTINCT xmin::text) FROM promptforge.projects"))
                .isEqualTo(11);
        assertThat(backfill.run()).isZero();
    }

    @Test
    void whatWasCommittedBeforeAnInterruptionStaysAndTheNextRunGoesOn() {
        Backfill interrupted = backfill.progress(rows -> {
            if (rows == 300) {
                throw new IllegalStateException("ended");
            }
        });

        assertThatThrownBy(interrupted::run).hasMessage("ended");

        assertThat(filled()).isEqualTo(300);
        assertThat(backfill.run()).isEqualTo(ROWS - 300);
        assertThat(filled()).isEqualTo(ROWS);
    }

    /** The connection is cut off while a batch waits for a lock, in the middle of its transaction. */
    @Test
    @DisabledIfSystemProperty(
            named = CitusCluster.URL,
            matches = ".+",
            disabledReason = "there a batch waits on a node, which the coordinator does not show")
    void aBatchWhoseConnectionIsCutOffIsRolledBackAndTheNextRunGoesOn() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Connection holder = database.getConnection()) {
            lockTheLastRow(holder);
            Future<Long> run = threads.submit(backfill.batchSize(ROWS)::run);
            while (value("count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND wait_event_type = 'Lock'")
                    == 0) {
                Thread.onSpinWait();
            }

            assertThatThrownBy(() -> run.get(1, TimeUnit.MINUTES))
                    .hasCauseInstanceOf(MigrationException.class)
                    .cause()
                    .extracting("reason")
                    .isEqualTo(Reason.NO_CONNECTION);
        } finally {
            threads.shutdownNow();
        }
        assertThat(filled()).isZero();
        assertThat(backfill.run()).isEqualTo(ROWS);
    }

    @Test
    @DisabledIfSystemProperty(
            named = CitusCluster.URL,
            matches = ".+",
            disabledReason = "there a batch waits on a node, which the coordinator does not show")
    void aLockedRowIsNotWaitedForLongAndTriedAgain() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Connection holder = database.getConnection()) {
            lockTheLastRow(holder);
            Future<Long> run = threads.submit(() -> backfill.progress(rows -> {
                        if (rows == 1_000) {
                            held.countDown();
                        }
                    })
                    .run());
            assertThat(held.await(1, TimeUnit.MINUTES)).isTrue();
            Sql.run(database, "UPDATE promptforge.projects SET description = 'edited' WHERE summary IS NOT NULL");
            awaitTransactionThatWaits(run, awaitTransactionThatWaits(run, 0));
            holder.rollback();

            assertThat(run.get(1, TimeUnit.MINUTES)).isEqualTo(ROWS);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void withoutPatienceALockedRowIsReportedAsBusy() throws SQLException {
        try (Connection holder = database.getConnection()) {
            lockTheLastRow(holder);

            refused(Reason.BUSY, backfill.patience(Duration.ZERO));
        }
        assertThat(filled()).isEqualTo(1_000);
    }

    @Test
    void aTableThatIsNotThereASizeOutOfRangeAndAWrongAssignmentAreRefused() {
        refused(Reason.INVALID_ARGUMENT, Backfill.of(database, "nothing", "a = 1", "a IS NULL"));
        assertThatThrownBy(() -> backfill.batchSize(0)).isInstanceOf(MigrationException.class);
        assertThatThrownBy(() -> backfill.batchSize(100_001)).isInstanceOf(MigrationException.class);
        refused(Reason.DATABASE_ERROR, Backfill.of(database, "projects", "nothing = 1", "true"));
        refused(Reason.INVALID_ARGUMENT, backfill.schema("elsewhere"));
    }

    @Test
    void rowsWithLongerKeysAndOfPartitionsAreFilled() {
        Sql.run(database, SampleRows.all(1));

        assertThat(Backfill.of(database, "spans", "name = name || '!'", "name NOT LIKE '%!'")
                        .batchSize(1)
                        .run())
                .isEqualTo(2);
    }

    /** Returns when the transaction that waits for the lock began, in microseconds; waits for one that began after another one. */
    private long awaitTransactionThatWaits(Future<?> run, long after) {
        long began = 0;
        while (began <= after && !run.isDone()) {
            began = value("coalesce(max(extract(epoch FROM xact_start) * 1000000)::bigint, 0) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND wait_event_type = 'Lock'");
        }
        return began;
    }

    @Test
    void rowsThatStillMatchAfterwardsAreFilledOnce() {
        assertThat(Backfill.of(database, "projects", "description = 'again'", "true")
                        .run())
                .isEqualTo(ROWS);
    }

    private void lockTheLastRow(Connection holder) throws SQLException {
        holder.setAutoCommit(false);
        Sql.execute(
                holder,
                "UPDATE promptforge.projects SET description = 'held' WHERE (organization_id, id) ="
                        + " (SELECT organization_id, id FROM promptforge.projects ORDER BY organization_id DESC, id DESC LIMIT 1)");
    }

    private static void refused(Reason reason, Backfill backfill) {
        assertThatThrownBy(backfill::run).isInstanceOfSatisfying(MigrationException.class, e -> assertThat(e.reason())
                .isEqualTo(reason));
    }

    private long filled() {
        return value("count(summary) FROM promptforge.projects");
    }

    private long value(String expression) {
        return Long.parseLong(Sql.column(database, "SELECT " + expression).get(0));
    }
}
