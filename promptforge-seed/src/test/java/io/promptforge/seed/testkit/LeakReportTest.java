package io.promptforge.seed.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.seed.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class LeakReportTest {
    private static final String LOGGER = "io.promptforge.seed.testkit";

    @Test
    void theWarningNamesTheTestAndTheLastStatementOfTheConnection() throws SQLException {
        try (RecordedLog log = RecordedLog.of(LOGGER)) {
            TestDatabase database = TestDatabases.of().create("OrdersTest.forgets()");
            try (Connection forgotten = database.dataSource().getConnection();
                    Statement statement = forgotten.createStatement()) {
                statement.execute("SELECT 'forgotten'");

                database.close();
                TestDatabases.awaitReports();
            }

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("OrdersTest.forgets()", "1 (", "SELECT 'forgotten'");
        }
    }

    @Test
    void connectionsClosedJustBeforeTheDatabaseAreNotReported() throws SQLException {
        try (RecordedLog log = RecordedLog.of(LOGGER)) {
            for (int i = 0; i < 20; i++) {
                try (TestDatabase database = TestDatabase.create()) {
                    Sql.value(database.dataSource(), "SELECT 1");
                }
            }
            TestDatabases.awaitReports();

            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void whatATestLeavesOnTheServerIsReportedOnceWithItsName() {
        try (RecordedLog log = RecordedLog.of(LOGGER)) {
            leave("RolesTest.grants()", "CREATE ROLE auditor");
            leave("OtherTest.reads()", "CREATE TABLE other (id int)");
            leave("SettingsTest.sets()", "ALTER ROLE auditor SET work_mem = '5MB'");
            leave("ServerTest.sets()", "ALTER SYSTEM SET work_mem = '6MB'; CREATE TABLE other (id int)");
            leave(
                    "CleanTest.undoes()",
                    "ALTER SYSTEM RESET work_mem; CREATE ROLE brief; DROP ROLE brief; DROP ROLE auditor");

            assertThat(log.warnings())
                    .satisfiesExactly(
                            role -> assertThat(role).contains("RolesTest.grants()", "the role auditor"),
                            setting -> assertThat(setting)
                                    .contains("SettingsTest.sets()", "ALTER ROLE auditor SET work_mem=5MB")
                                    .doesNotContain("the role auditor"),
                            server -> assertThat(server)
                                    .contains("ServerTest.sets()", "ALTER SYSTEM SET work_mem = 6MB"));
        }
    }

    /** Runs statements one by one, because some are refused within a transaction. */
    private static void leave(String owner, String statements) {
        try (TestDatabase database = TestDatabases.of().create(owner)) {
            for (String statement : statements.split("; ", -1)) {
                Sql.execute(database.dataSource(), statement);
            }
        }
        TestDatabases.awaitReports();
    }

    @Test
    void closeDoesNotWaitForTheReport() throws SQLException {
        TestDatabase database = TestDatabase.create();
        try (Connection forgotten = database.dataSource().getConnection()) {
            database.close();

            assertThat(forgotten.isValid(5)).as("before the report").isTrue();
        }
    }
}
