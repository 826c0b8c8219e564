package io.promptforge.dao.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.dao.NotOnCitus;
import io.promptforge.schema.Migrations;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The primary server is killed under load, and its synchronous standby is promoted. */
@NotOnCitus("starts a server of its own")
class PromotedStandbyTest {

    @Test
    void theServiceGoesOnAndEveryAcknowledgedTraceIsThere(@TempDir Path one, @TempDir Path other, TestReporter reporter)
            throws Exception {
        try (KillableServer primary = KillableServer.start(one, Map.of("max_wal_senders", "4"));
                KillableServer standby = primary.startStandby(other);
                HikariDataSource pool = KillableServer.pool(toThePrimaryOf(primary, standby), 6)) {
            Migrations.apply(pool);
            makeSynchronous(primary);
            try (TracesUnderWay writers = TracesUnderWay.start(pool, 4)) {
                writers.awaitMore(50);
                primary.kill();
                long killed = System.nanoTime();
                standby.query("SELECT pg_promote()");
                writers.awaitMore(50);
                long milliseconds = (System.nanoTime() - killed) / 1_000_000;
                Set<UUID> acknowledged = writers.end();

                assertThat(TracesUnderWay.storedWhole(standby.dataSource())).isEqualTo(acknowledged);
                reporter.publishEntry(
                        "promoted",
                        acknowledged.size() + " traces, failed calls " + writers.failures() + ", 50 more after "
                                + milliseconds + " ms");
            }
        }
    }

    /** From now on, a commit is acknowledged when the standby has it. */
    private static void makeSynchronous(KillableServer primary) throws SQLException {
        try (Connection connection = primary.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET synchronous_standby_names TO '*'");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static PGSimpleDataSource toThePrimaryOf(KillableServer one, KillableServer other) {
        PGSimpleDataSource dataSource = KillableServer.through(one.port());
        dataSource.setServerNames(new String[] {"127.0.0.1", "127.0.0.1"});
        dataSource.setPortNumbers(new int[] {one.port(), other.port()});
        dataSource.setTargetServerType("primary");
        dataSource.setHostRecheckSeconds(0);
        return dataSource;
    }
}
