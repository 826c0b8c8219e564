package io.promptforge.seed.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.promptforge.seed.testkit.RecordedLog;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests with an application context of Spring's. */
class SpringPromptForgeTestTest {
    @Test
    void classesShareACachedContextWhoseDatabaseIsRestoredAfterEachTest() {
        TestRun.of(SpringSamples.First.class);
        int started = SpringApplicationConfiguration.STARTED.get();

        TestRun run = TestRun.of(SpringSamples.Second.class, SpringSamples.First.class, SpringSamples.Second.class);

        assertThat(run.failures()).isEmpty();
        assertThat(run.succeeded()).isEqualTo(5);
        assertThat(SpringApplicationConfiguration.STARTED).hasValue(started);
    }

    @Test
    void fixturesTakePartInTheTransactionOfTheTest() {
        assertAllSucceed(TestRun.of(SpringSamples.InATransaction.class), 2);
    }

    @Test
    void aClassCanKeepItsData() {
        assertAllSucceed(TestRun.of(SpringSamples.PerClass.class, SpringSamples.Second.class), 7);
    }

    @Test
    void theDatabaseOfTheContextHasTheTemplates() {
        assertAllSucceed(TestRun.of(SpringSamples.WithATemplate.class), 1);
    }

    @Test
    void aContextWithoutADataSourceHasADatabaseForItsTests() {
        assertAllSucceed(TestRun.of(SpringSamples.WithoutADataSource.class), 2);
    }

    @Test
    void testsAtOnceTakeTurns() {
        TestRun run = TestRun.with(
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"),
                SpringSamples.First.class,
                SpringSamples.Second.class);

        assertAllSucceed(run, 5);
    }

    @Test
    void aTransactionThatATestLeftOpenIsReportedAndEnded() {
        try (RecordedLog log = RecordedLog.of("io.promptforge.seed.testkit")) {
            assertAllSucceed(TestRun.of(SpringSamples.LeavesATransactionOpen.class), 2);

            assertThat(log.warnings()).hasSize(2).allSatisfy(warning -> assertThat(warning)
                    .contains("left transactions open", "SET description"));
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(SpringSamples.SharedReadOnly.class, "Without an isolation the database is restored"),
                arguments(SpringSamples.OtherListeners.class, "MergeMode.MERGE_WITH_DEFAULTS"),
                arguments(SpringSamples.ConnectedElsewhere.class, "must use the property spring.datasource.url"),
                arguments(SpringSamples.WithTwoDataSources.class, "needs one DataSource"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aContextThatDoesNotUseTheDatabaseIsRefused(Class<?> sample, String advice) {
        assertThat(TestRun.of(sample).failures()).isNotEmpty().allSatisfy(failure -> assertThat(failure)
                .hasStackTraceContaining(advice));
    }

    private static void assertAllSucceed(TestRun run, int tests) {
        assertThat(run.failures()).isEmpty();
        assertThat(run.succeeded()).isEqualTo(tests);
    }
}
