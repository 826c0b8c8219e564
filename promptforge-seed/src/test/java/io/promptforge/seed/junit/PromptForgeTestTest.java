package io.promptforge.seed.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.postgres.EmbeddedPostgres;
import io.promptforge.seed.Sql;
import io.promptforge.seed.testkit.Deadline;
import io.promptforge.seed.testkit.RecordedLog;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromptForgeTestTest {
    @BeforeEach
    void forget() {
        SampleTestClasses.DATABASES.clear();
    }

    @Test
    void allParametersOfATestReferToOneDatabase() {
        assertAllSucceed(TestRun.of(SampleTestClasses.Everything.class), 1);
    }

    @Test
    void eachMethodAndEachInvocationHasItsOwnDatabase() {
        assertAllSucceed(TestRun.of(SampleTestClasses.OneForEachMethod.class), 6);
        assertThat(SampleTestClasses.DATABASES).hasSize(6);
    }

    @Test
    void aClassCanShareOneDatabaseWithItsNestedClasses() {
        assertAllSucceed(TestRun.of(SampleTestClasses.OneForTheClass.class), 3);
        assertThat(SampleTestClasses.DATABASES).hasSize(1);
    }

    @Test
    void testsThatOnlyReadShareOneDatabaseAcrossClasses() {
        assertAllSucceed(TestRun.of(SampleTestClasses.OneForReaders.class, SampleTestClasses.OtherReaders.class), 4);
        assertThat(SampleTestClasses.DATABASES).hasSize(1);
    }

    @Test
    void parallelTestsUseDifferentDatabases() {
        TestRun run = TestRun.with(
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "8"),
                SampleTestClasses.Parallel.class,
                SampleTestClasses.OneForEachMethod.class);

        assertAllSucceed(run, 30);
        assertThat(SampleTestClasses.DATABASES).hasSize(30);
    }

    @Test
    void connectionsLeftOpenAreReportedWithTheNameOfTheTestBeforeTheRunEnds() throws SQLException {
        try (RecordedLog log = RecordedLog.of("io.promptforge.seed.testkit")) {
            TestRun.of(SampleTestClasses.Leaking.class);

            assertThat(log.warnings()).singleElement().asString().contains("Leaking.forgets(DataSource)");
        } finally {
            SampleTestClasses.Leaking.close();
        }
    }

    @Test
    void jUnitLogsNoWarnings() {
        try (RecordedLog log = RecordedLog.of("org.junit")) {
            TestRun.of(SampleTestClasses.Everything.class, SampleTestClasses.OneForTheClass.class);

            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void theDatabasesOfFailedTestsAreKeptIfConfigured() throws SQLException {
        try (EmbeddedPostgres given = EmbeddedPostgres.start();
                RecordedLog log = RecordedLog.of("io.promptforge.seed.testkit")) {
            run(onServer(given), Map.of("promptforge.test.keep", "failed"), SampleTestClasses.Failing.class);

            assertThat(SampleTestClasses.DATABASES).hasSize(2);
            assertThat(testDatabases(given)).containsAll(SampleTestClasses.DATABASES);
            assertThat(log.warnings())
                    .hasSize(2)
                    .allMatch(message -> message.contains("psql"))
                    .anyMatch(message -> message.contains("Failing.fails(TestDatabase)"));
        }
    }

    @Test
    void theDatabaseOfAClassThatFailsOutsideOfItsTestsIsKeptAsWell() throws SQLException {
        try (EmbeddedPostgres given = EmbeddedPostgres.start();
                RecordedLog log = RecordedLog.of("io.promptforge.seed.testkit")) {
            run(
                    onServer(given),
                    Map.of("promptforge.test.keep", "failed"),
                    SampleTestClasses.FailingBeforeAll.class,
                    SampleTestClasses.FailingConstructor.class);

            assertThat(SampleTestClasses.DATABASES).hasSize(2);
            assertThat(testDatabases(given)).containsAll(SampleTestClasses.DATABASES);
            assertThat(log.warnings()).hasSize(2).anyMatch(message -> message.contains("FailingBeforeAll is kept"));
        }
    }

    @Test
    void theDatabasesOfFailedTestsAreDroppedByDefault() throws Exception {
        try (EmbeddedPostgres given = EmbeddedPostgres.start()) {
            run(onServer(given), Map.of(), SampleTestClasses.Failing.class);

            assertThat(SampleTestClasses.DATABASES).hasSize(2);
            Deadline.await(
                    "end of the databases",
                    () -> Collections.disjoint(testDatabases(given), SampleTestClasses.DATABASES));
        }
    }

    private static String onServer(EmbeddedPostgres given) {
        return "postgresql://postgres@127.0.0.1:" + given.port() + "/postgres";
    }

    private static List<String> testDatabases(EmbeddedPostgres given) throws SQLException {
        return Sql.column(
                given.dataSource("postgres"), "SELECT datname FROM pg_database WHERE datname LIKE 'promptforge_test%'");
    }

    /** Runs on this server, independent of the one configured for the run. */
    private static TestRun run(String url, Map<String, String> parameters, Class<?>... classes) {
        Properties before = (Properties) System.getProperties().clone();
        System.setProperty("promptforge.test.database", "url");
        System.setProperty("promptforge.test.database.url", url);
        try {
            return TestRun.with(parameters, classes);
        } finally {
            System.setProperties(before);
        }
    }

    private static void assertAllSucceed(TestRun run, int tests) {
        assertThat(run.failures()).isEmpty();
        assertThat(run.succeeded()).isEqualTo(tests);
    }
}
