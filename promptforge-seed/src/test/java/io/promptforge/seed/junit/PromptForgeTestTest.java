package io.promptforge.seed.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.postgres.EmbeddedPostgres;
import io.promptforge.seed.Sql;
import io.promptforge.seed.testkit.Deadline;
import io.promptforge.seed.testkit.RecordedLog;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

class PromptForgeTestTest {
    @BeforeEach
    void forget() {
        SampleTestClasses.DATABASES.clear();
    }

    @Test
    void allParametersOfATestReferToOneDatabase() {
        assertAllSucceed(run(SampleTestClasses.Everything.class), 1);
    }

    @Test
    void eachMethodAndEachInvocationHasItsOwnDatabase() {
        assertAllSucceed(run(SampleTestClasses.OneForEachMethod.class), 6);
        assertThat(SampleTestClasses.DATABASES).hasSize(6);
    }

    @Test
    void aClassCanShareOneDatabaseWithItsNestedClasses() {
        assertAllSucceed(run(SampleTestClasses.OneForTheClass.class), 3);
        assertThat(SampleTestClasses.DATABASES).hasSize(1);
    }

    @Test
    void testsOfAClassShareItsDatabaseAlsoWithoutABeforeAllMethod() {
        assertAllSucceed(run(SampleTestClasses.OneForTheClassOfItsFirstTest.class), 2);
        assertThat(SampleTestClasses.DATABASES).hasSize(1);
    }

    @Test
    void testsThatOnlyReadShareOneDatabaseAcrossClasses() {
        assertAllSucceed(run(SampleTestClasses.OneForReaders.class, SampleTestClasses.OtherReaders.class), 4);
        assertThat(SampleTestClasses.DATABASES).hasSize(1);
    }

    @Test
    void aParameterOfABeforeAllMethodIsRefusedWithTheRemedy() {
        assertThat(failures(run(SampleTestClasses.AsksBeforeAll.class)))
                .singleElement()
                .asString()
                .contains("tooEarly", "isolation = Isolation.PER_CLASS");
    }

    @Test
    void aStringWithoutTheAnnotationIsNotResolved() {
        assertThat(failures(run(SampleTestClasses.Asks.class)))
                .singleElement()
                .asString()
                .contains("No ParameterResolver registered");
    }

    @Test
    void parallelTestsUseDifferentDatabases() {
        EngineExecutionResults results = run(
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "8"),
                SampleTestClasses.Parallel.class,
                SampleTestClasses.OneForEachMethod.class);

        assertAllSucceed(results, 30);
        assertThat(SampleTestClasses.DATABASES).hasSize(30);
    }

    @Test
    void connectionsLeftOpenAreReportedWithTheNameOfTheTestBeforeTheRunEnds() throws SQLException {
        try (RecordedLog log = RecordedLog.of("io.promptforge.seed.testkit")) {
            run(SampleTestClasses.Leaking.class);

            assertThat(log.warnings()).singleElement().asString().contains("Leaking.forgets(DataSource)");
        } finally {
            SampleTestClasses.Leaking.close();
        }
    }

    @Test
    void jUnitLogsNoWarnings() {
        try (RecordedLog log = RecordedLog.of("org.junit")) {
            run(SampleTestClasses.Everything.class, SampleTestClasses.OneForTheClass.class);

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
    private static EngineExecutionResults run(String url, Map<String, String> parameters, Class<?>... classes) {
        Properties before = (Properties) System.getProperties().clone();
        System.setProperty("promptforge.test.database", "url");
        System.setProperty("promptforge.test.database.url", url);
        try {
            return run(parameters, classes);
        } finally {
            System.setProperties(before);
        }
    }

    private static EngineExecutionResults run(Class<?>... classes) {
        return run(Map.of(), classes);
    }

    private static EngineExecutionResults run(Map<String, String> parameters, Class<?>... classes) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameters(parameters)
                .selectors(Arrays.stream(classes)
                        .map(DiscoverySelectors::selectClass)
                        .toArray(ClassSelector[]::new))
                .execute();
    }

    private static void assertAllSucceed(EngineExecutionResults results, int tests) {
        assertThat(failures(results)).isEmpty();
        results.testEvents().assertStatistics(statistics -> statistics.succeeded(tests));
    }

    private static List<Throwable> failures(EngineExecutionResults results) {
        return results.allEvents()
                .filter(event -> event.getType() == EventType.FINISHED)
                .map(Event::getPayload)
                .flatMap(payload -> payload.stream())
                .map(TestExecutionResult.class::cast)
                .flatMap(result -> result.getThrowable().stream())
                .toList();
    }
}
