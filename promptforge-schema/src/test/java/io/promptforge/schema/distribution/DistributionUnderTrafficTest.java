package io.promptforge.schema.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.schema.Sql;
import io.promptforge.schema.TestServer;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** A transaction of a service has read a table, which is then distributed or brought back, and writes to it. */
@Timeout(120)
class DistributionUnderTrafficTest {

    private static final String WAITING =
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    private static final String ACME = "00000000-0000-7000-8000-000000000001";

    private final PGSimpleDataSource database = TestServer.migratedDatabase();
    private final Distribution distribution = Distribution.of(database);

    @BeforeEach
    void insert() {
        if (!TestServer.isCluster()) {
            new CitusAnswers(database);
        }
        Sql.run(
                database,
                "INSERT INTO promptforge.organizations (id, name, slug) VALUES ('" + ACME + "', 'Acme', 'acme')",
                project());
    }

    @Test
    void itCommitsWhileTheTablesAreDistributed() throws Exception {
        distribution.undo();

        commitsBeside(distribution::apply);
    }

    @Test
    void itCommitsBeforeTheTablesAreBroughtBack() throws Exception {
        distribution.apply();

        commitsBeside(distribution::undo);
    }

    private void commitsBeside(Supplier<DistributionReport> change) throws Exception {
        CompletableFuture<DistributionReport> changed;
        try (Connection service = database.getConnection()) {
            service.setAutoCommit(false);
            Sql.execute(service, "SELECT count(*) FROM promptforge.projects");
            changed = CompletableFuture.supplyAsync(change);
            while (Sql.column(database, WAITING).isEmpty() && !changed.isDone()) {
                Thread.onSpinWait();
            }
            Sql.execute(service, project());
            service.commit();
        }

        assertThat(changed.get().tables()).containsKey("projects");
        assertThat(Sql.column(database, "SELECT count(*) FROM promptforge.projects"))
                .containsExactly("2");
    }

    private static String project() {
        return "INSERT INTO promptforge.projects (organization_id, id, name) SELECT '" + ACME
                + "', id, id::text FROM gen_random_uuid() id";
    }
}
