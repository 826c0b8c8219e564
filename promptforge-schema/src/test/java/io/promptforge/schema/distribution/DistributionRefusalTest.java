package io.promptforge.schema.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.promptforge.postgres.CitusCluster;
import io.promptforge.schema.Sql;
import io.promptforge.schema.TestServer;
import io.promptforge.schema.distribution.DistributionException.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** What a distribution says when a cluster lacks something, refuses, or answers in a way that it must not accept. */
@DisabledIfSystemProperty(named = CitusCluster.URL, matches = ".+", disabledReason = "there Citus answers itself")
class DistributionRefusalTest {

    private static final String WAITING =
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private final PGSimpleDataSource database = TestServer.migratedDatabase();
    private final CitusAnswers citus = new CitusAnswers(database);
    private final Distribution distribution = Distribution.of(database);

    @Test
    void aClusterThatLacksNothingIsDistributedAndBroughtBack() {
        List<String> tables = Sql.modelTables(database, "promptforge");

        assertThat(distribution.apply().tables().keySet()).containsExactlyInAnyOrderElementsOf(tables);
        assertThat(distribution.distributed()).containsExactlyInAnyOrderElementsOf(tables);
        assertThat(distribution.apply().tables()).isEmpty();
        assertThat(distribution.undo().tables().keySet()).containsExactlyInAnyOrderElementsOf(tables);
        assertThat(distribution.distributed()).isEmpty();
    }

    @Test
    void anExtensionThatIsNotCreatedInTheDatabaseIsReported() {
        citus.notCreated();

        DistributionException refused = catchThrowableOfType(DistributionException.class, distribution::apply);

        assertThat(refused.reason()).isEqualTo(Reason.EXTENSION_MISSING);
        assertThat(refused).hasMessageContaining(String.valueOf(database.getDatabaseName()));
        assertThat(refused.remedy()).contains("CREATE EXTENSION citus", "citus_add_node");
    }

    @Test
    void aClusterWithoutWorkersIsReported() {
        citus.noWorkers();

        DistributionException refused = refusal();

        assertThat(refused.reason()).isEqualTo(Reason.NO_WORKERS);
        assertThat(refused.remedy()).contains("citus_add_node");
    }

    @Test
    void aWorkerIsReported() {
        citus.toIsCoordinator(false);

        DistributionException refused = refusal();

        assertThat(refused.reason()).isEqualTo(Reason.NOT_COORDINATOR);
        assertThat(refused.remedy()).contains("groupid = 0");
    }

    @Test
    void aTableThatAnotherTransactionLocksIsReportedAsBusy() throws SQLException {
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            Sql.execute(other, "LOCK TABLE promptforge.projects IN ROW EXCLUSIVE MODE");
            CompletableFuture<DistributionException> refused = CompletableFuture.supplyAsync(this::refusal);
            while (Sql.column(database, "SELECT pg_cancel_backend(pid) FROM (" + WAITING + ") w")
                    .isEmpty()) {
                Thread.onSpinWait();
            }

            assertThat(refused.join().reason()).isEqualTo(Reason.BUSY);
            assertThat(refused.join().remedy()).contains("pg_stat_activity");
        }
    }

    @Test
    void whatTheServerRefusesIsReportedWithItsCause() {
        citus.toDistributeTable("RAISE 'no such colocation group'");

        DistributionException refused = refusal();

        assertThat(refused.reason()).isEqualTo(Reason.DATABASE_ERROR);
        assertThat(refused).hasMessageContaining("no such colocation group").hasCauseInstanceOf(SQLException.class);
    }

    @Test
    void aRightThatTheServerRefusesIsReported() {
        citus.toDistributeTable("RAISE 'must be owner' USING ERRCODE = 'insufficient_privilege'");

        assertThat(refusal().reason()).isEqualTo(Reason.ACCESS_DENIED);
    }

    @Test
    void aConnectionThatIsLostMeanwhileIsReported() {
        citus.toDistributeTable("PERFORM pg_terminate_backend(pg_backend_pid())");

        assertThat(refusal().reason()).isEqualTo(Reason.NO_CONNECTION);
    }

    @Test
    void anotherNumberOfRowsAfterwardsIsReportedAndRolledBack() {
        Sql.run(
                database,
                "INSERT INTO promptforge.organizations (id, name, slug) VALUES ('00000000-0000-7000-8000-000000000001', 'Acme', 'acme')");
        citus.toDistributeTable("DELETE FROM organizations");

        DistributionException refused = refusal();

        assertThat(refused.reason()).isEqualTo(Reason.NOT_VERIFIED);
        assertThat(refused).hasMessageContaining("organizations=1").hasMessageContaining("organizations=0");
        assertThat(Sql.column(database, "SELECT name FROM promptforge.organizations"))
                .containsExactly("Acme");
    }

    @Test
    void aKeyThatIsRepeatedMeanwhileIsReportedWhenTheTablesAreBroughtBack() {
        distribution.apply();
        Sql.run(
                database,
                "INSERT INTO promptforge.organizations (id, name, slug) SELECT gen_random_uuid(), 'Acme', n::text FROM generate_series(1, 2) n");

        DistributionException refused = catchThrowableOfType(DistributionException.class, distribution::undo);

        assertThat(refused.reason()).isEqualTo(Reason.NOT_UNIQUE);
        assertThat(refused).hasMessageContaining("organizations_name_key");
        assertThat(distribution.distributed()).contains("organizations");
    }

    private DistributionException refusal() {
        DistributionException refused = catchThrowableOfType(DistributionException.class, distribution::apply);
        assertThat(refused).isNotNull();
        assertThat(distribution.distributed()).isEmpty();
        return refused;
    }
}
