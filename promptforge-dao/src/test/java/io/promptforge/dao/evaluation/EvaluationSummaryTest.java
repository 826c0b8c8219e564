package io.promptforge.dao.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.TestDatabase;
import io.promptforge.dao.TestTenant;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EvaluationSummaryTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final EvaluationRepository evaluations = fixture.tenant().evaluations();
    private final UUID id = fixture.runningEvaluation().id();

    @Test
    void theSummaryAddsUpTheResults() {
        evaluations.append(
                id,
                List.of(
                        measured("a", 30, 1, 2, "0.1"),
                        measured("b", 10, 3, 4, "0.02"),
                        measured("c", 20, 5, 6, "0.003"),
                        NewEvaluationResult.failed("d").score(BigDecimal.ZERO).build()));

        EvaluationSummary summary = evaluations.summary(id);

        assertThat(summary.tests()).isEqualTo(4);
        assertThat(summary.passed()).isEqualTo(3);
        assertThat(summary.failed()).isEqualTo(1);
        assertThat(summary.passRate()).isEqualTo(0.75);
        assertThat(summary.averageScore()).contains(BigDecimal.ZERO);
        assertThat(summary.medianLatency()).contains(Duration.ofMillis(20));
        assertThat(summary.tokens()).isEqualTo(21);
        assertThat(summary.cost()).isEqualByComparingTo("0.123");
    }

    @Test
    void theSummaryOfNoResultsIsEmpty() {
        EvaluationSummary summary = evaluations.summary(id);

        assertThat(summary.tests()).isZero();
        assertThat(summary.passRate()).isZero();
        assertThat(summary.averageScore()).isEmpty();
        assertThat(summary.medianLatency()).isEmpty();
        assertThat(summary.tokens()).isZero();
        assertThat(summary.cost()).isZero();
    }

    private static NewEvaluationResult measured(String test, int millis, long read, long written, String cost) {
        return NewEvaluationResult.passed(test)
                .latency(Duration.ofMillis(millis))
                .tokens(read, written)
                .cost(new BigDecimal(cost))
                .build();
    }
}
