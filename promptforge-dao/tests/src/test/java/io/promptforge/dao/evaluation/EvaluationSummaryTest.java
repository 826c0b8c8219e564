package io.promptforge.dao.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.RecordedStatements;
import io.promptforge.dao.TestTenant;
import io.promptforge.schema.type.ResultOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EvaluationSummaryTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final EvaluationRepository evaluations = fixture.tenant().evaluations();
    private final UUID id = fixture.runningEvaluation().id();

    @Test
    void theSummaryIncludesAllResultsThatHaveAValue() {
        evaluations.append(
                id,
                List.of(
                        measured("a", "1", 30, 1, 2, "0.1"),
                        measured("b", "0", 10, 3, 4, "0.02"),
                        measured("c", "0.5", 21, 5, 7, "0.003"),
                        NewEvaluationResult.of("d", ResultOutcome.FAILED).score(new BigDecimal("0.1")),
                        NewEvaluationResult.of("e", ResultOutcome.FAILED)));

        EvaluationSummary summary = evaluations.summary(id);

        assertThat(summary.tests()).isEqualTo(5);
        assertThat(summary.passed()).isEqualTo(3);
        assertThat(summary.failed()).isEqualTo(2);
        assertThat(summary.passRate()).isEqualTo(0.6);
        assertThat(summary.score())
                .contains(new Distribution<>(new BigDecimal("0.4"), new BigDecimal("0.1"), BigDecimal.ONE));
        assertThat(summary.latency())
                .contains(
                        new Distribution<>(Duration.ofNanos(20_333_000), Duration.ofMillis(21), Duration.ofMillis(30)));
        assertThat(summary.tokens()).contains(new Distribution<>(7L, 7L, 12L));
        assertThat(summary.cost())
                .contains(new Distribution<>(new BigDecimal("0.041"), new BigDecimal("0.02"), new BigDecimal("0.1")));
        assertThat(summary.totalTokens()).isEqualTo(22);
        assertThat(summary.totalCost()).isEqualTo(new BigDecimal("0.123"));
    }

    @Test
    void nineteenOfTwentyValuesDoNotExceedThe95thPercentile() {
        List<NewEvaluationResult> results = new ArrayList<>();
        for (int n = 20; n > 0; n--) {
            results.add(measured("t" + n, new BigDecimal(n).movePointLeft(2).toPlainString(), n, n, 0, "" + n));
        }
        evaluations.append(id, results);

        EvaluationSummary summary = evaluations.summary(id);

        assertThat(summary.score().orElseThrow().percentile95()).isEqualTo(new BigDecimal("0.19"));
        assertThat(summary.score().orElseThrow().median()).isEqualTo(new BigDecimal("0.1"));
        assertThat(summary.latency())
                .contains(
                        new Distribution<>(Duration.ofNanos(10_500_000), Duration.ofMillis(10), Duration.ofMillis(19)));
        assertThat(summary.tokens()).contains(new Distribution<>(11L, 10L, 19L));
        assertThat(summary.cost().orElseThrow().percentile95()).isEqualTo(new BigDecimal(19));
    }

    @Test
    void tokensOfOneKindCountIfTheOthersAreUnknown() {
        evaluations.append(
                id,
                List.of(
                        NewEvaluationResult.of("read", ResultOutcome.PASSED).inputTokens(3L),
                        NewEvaluationResult.of("written", ResultOutcome.PASSED).outputTokens(5L),
                        NewEvaluationResult.of("neither", ResultOutcome.PASSED)));

        assertThat(evaluations.summary(id).totalTokens()).isEqualTo(8);
        assertThat(evaluations.summary(id).tokens()).contains(new Distribution<>(4L, 3L, 5L));
    }

    @Test
    void theAverageScoreEqualsThatOfTheEvaluation() {
        Evaluation evaluation = evaluations
                .append(id, List.of(scored("a", "1"), scored("b", "0.333333"), scored("c", "0.333333")))
                .evaluation();

        assertThat(evaluations.summary(id).score().map(Distribution::average))
                .isEqualTo(evaluation.averageScore())
                .contains(new BigDecimal("0.555555"));
    }

    @Test
    void theSummaryWithoutResultsIsEmpty() {
        EvaluationSummary summary = evaluations.summary(id);

        assertThat(summary.tests()).isZero();
        assertThat(summary.passRate()).isZero();
        assertThat(summary.score()).isEmpty();
        assertThat(summary.latency()).isEmpty();
        assertThat(summary.tokens()).isEmpty();
        assertThat(summary.cost()).isEmpty();
        assertThat(summary.totalTokens()).isZero();
        assertThat(summary.totalCost()).isZero();
    }

    @Test
    void theSummaryIsOneStatement() {
        RecordedStatements sent = new RecordedStatements(DATABASE.dataSource());
        EvaluationRepository counted = PromptForge.create(sent.dataSource(), ClassDatabase.settings())
                .tenant(fixture.organization().id())
                .evaluations();

        assertThat(sent.of(() -> counted.summary(id))).hasSize(1);
    }

    private static NewEvaluationResult scored(String test, String score) {
        return NewEvaluationResult.of(test, ResultOutcome.PASSED).score(new BigDecimal(score));
    }

    private static NewEvaluationResult measured(
            String test, String score, int millis, long read, long written, String cost) {
        return NewEvaluationResult.of(test, ResultOutcome.PASSED)
                .score(new BigDecimal(score))
                .latency(Duration.ofMillis(millis))
                .inputTokens(read)
                .outputTokens(written)
                .cost(new BigDecimal(cost));
    }
}
