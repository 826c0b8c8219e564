package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.postgres.CitusCluster;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** updated_at increases with each update of a row, so that it can serve as an optimistic lock. */
class UpdatedAtTest {

    private static final String READ = "SELECT to_json(updated_at) #>> '{}' FROM projects";
    private static final String UPDATE = "UPDATE projects SET description = 'changed'";

    private final PGSimpleDataSource database = TestServer.migratedDatabase();

    UpdatedAtTest() {
        Sql.run(database, SampleRows.all(1));
    }

    @Test
    void twoUpdatesInOneTransactionGiveIncreasingValues() throws SQLException {
        try (TrialTransaction transaction = new TrialTransaction(database)) {
            Instant before = updatedAt(transaction);
            transaction.run(UPDATE);
            Instant first = updatedAt(transaction);
            transaction.run(UPDATE);
            Instant second = updatedAt(transaction);

            assertThat(first).isAfter(before);
            assertThat(second).isAfter(first);
        }
    }

    @Test
    @DisabledIfSystemProperty(
            named = CitusCluster.URL,
            matches = ".+",
            disabledReason = "Citus refuses changes of the triggers of distributed tables")
    void anUpdateAfterTheClockWasSetBackGivesAGreaterValue() throws SQLException {
        Sql.run(
                database,
                "ALTER TABLE promptforge.projects DISABLE TRIGGER projects_updated_at",
                "UPDATE promptforge.projects SET updated_at = now() + interval '1 day'",
                "ALTER TABLE promptforge.projects ENABLE TRIGGER projects_updated_at");
        try (TrialTransaction transaction = new TrialTransaction(database)) {
            Instant before = updatedAt(transaction);
            transaction.run(UPDATE);

            assertThat(updatedAt(transaction)).isEqualTo(before.plusNanos(1000));
        }
    }

    @Test
    void theValueIsTheTimeOfTheUpdateAndNotTheWriters() throws SQLException {
        try (TrialTransaction transaction = new TrialTransaction(database)) {
            Instant start = time(transaction, "SELECT to_json(clock_timestamp()) #>> '{}'");
            transaction.run("UPDATE projects SET updated_at = '2000-01-01Z'");
            Instant end = time(transaction, "SELECT to_json(clock_timestamp()) #>> '{}'");

            assertThat(updatedAt(transaction)).isBetween(start, end);
        }
    }

    private static Instant updatedAt(TrialTransaction transaction) throws SQLException {
        return time(transaction, READ);
    }

    private static Instant time(TrialTransaction transaction, String query) throws SQLException {
        return OffsetDateTime.parse(transaction.one(query)).toInstant();
    }
}
