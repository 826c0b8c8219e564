package io.promptforge.dao.evaluation;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.TestDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EvaluationResultsTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final EvaluationRepository evaluations = fixture.tenant().evaluations();
    private final UUID id = fixture.runningEvaluation().id();

    @Test
    void aResultComesBackAsItWasGiven() {
        UUID trace = fixture.trace(fixture.project().id());
        evaluations.append(
                id,
                List.of(NewEvaluationResult.passed("greets")
                        .repetition(3)
                        .input(Json.parse("{\"name\":\"Ada\"}"))
                        .expectedOutput(Json.parse("\"Hello Ada\""))
                        .actualOutput(Json.parse("\"Hi Ada\""))
                        .score(new BigDecimal("0.875"))
                        .latency(Duration.ofNanos(1_234_567_000))
                        .tokens(5_000_000_000L, 7)
                        .cost(new BigDecimal("0.000000000001"))
                        .metrics(Json.parse("{\"bleu\":0.4}"))
                        .errorMessage("almost")
                        .traceId(trace)
                        .build()));

        EvaluationResult stored = onlyResult();

        assertThat(stored.evaluationId()).isEqualTo(id);
        assertThat(stored.testName()).isEqualTo("greets");
        assertThat(stored.repetition()).isEqualTo(3);
        assertThat(stored.input()).contains(Json.parse("{\"name\":\"Ada\"}"));
        assertThat(stored.expectedOutput()).contains(Json.parse("\"Hello Ada\""));
        assertThat(stored.actualOutput()).contains(Json.parse("\"Hi Ada\""));
        assertThat(stored.score()).contains(new BigDecimal("0.875"));
        assertThat(stored.passed()).isTrue();
        assertThat(stored.latency()).contains(Duration.ofNanos(1_234_567_000));
        assertThat(stored.inputTokens()).hasValue(5_000_000_000L);
        assertThat(stored.outputTokens()).hasValue(7);
        assertThat(stored.cost()).contains(new BigDecimal("0.000000000001"));
        assertThat(stored.metrics()).isEqualTo(Json.parse("{\"bleu\":0.4}"));
        assertThat(stored.errorMessage()).contains("almost");
        assertThat(stored.traceId()).contains(trace);
    }

    @Test
    void whatIsNotKnownOfAResultIsEmpty() {
        evaluations.append(id, List.of(NewEvaluationResult.failed("greets").build()));

        EvaluationResult stored = onlyResult();

        assertThat(stored.passed()).isFalse();
        assertThat(stored.repetition()).isEqualTo(1);
        assertThat(stored.score()).isEmpty();
        assertThat(stored.latency()).isEmpty();
        assertThat(stored.inputTokens()).isEmpty();
        assertThat(stored.cost()).isEmpty();
        assertThat(stored.traceId()).isEmpty();
        assertThat(stored.metrics()).isEqualTo(Json.emptyObject());
    }

    @Test
    void theTotalsAreThoseOfTheStoredResults() {
        evaluations.append(id, List.of(passed("a", "1"), passed("b", "0.5")));
        Evaluation after = evaluations.append(
                id,
                List.of(
                        NewEvaluationResult.failed("c")
                                .score(new BigDecimal("0.25"))
                                .build(),
                        NewEvaluationResult.failed("d").build()));

        assertThat(after.totalTests()).isEqualTo(4);
        assertThat(after.passedTests()).isEqualTo(2);
        assertThat(after.failedTests()).isEqualTo(2);
        assertThat(after.averageScore()).contains(new BigDecimal("0.583333"));
        assertThat(evaluations.find(id)).contains(after);
    }

    @Test
    void appendingTheSameResultsAgainChangesNothing() {
        List<NewEvaluationResult> results = List.of(passed("a", "1"), passed("b", "0.5"));
        evaluations.append(id, results);
        List<EvaluationResult> stored =
                evaluations.results(id, PageRequest.first()).items();

        Evaluation again = evaluations.append(id, List.of(passed("a", "0"), passed("b", "0.5"), passed("c", "1")));

        assertThat(again.totalTests()).isEqualTo(3);
        assertThat(evaluations.results(id, PageRequest.first()).items())
                .hasSize(3)
                .startsWith(stored.toArray(EvaluationResult[]::new));
    }

    @Test
    void aTestThatIsTwiceInOneBatchIsStoredOnce() {
        assertThat(evaluations
                        .append(id, List.of(passed("a", "1"), passed("a", "0")))
                        .totalTests())
                .isEqualTo(1);
    }

    @Test
    void repetitionsOfATestAreKeptApart() {
        NewEvaluationResult second =
                NewEvaluationResult.passed("a").repetition(2).build();

        assertThat(evaluations.append(id, List.of(passed("a", "1"), second)).totalTests())
                .isEqualTo(2);
    }

    @Test
    void onlyARunningEvaluationTakesResults() {
        UUID pending = fixture.evaluation(fixture.project().id()).id();
        evaluations.complete(id, NOON);

        assertThatThrownBy(() -> evaluations.append(pending, List.of(passed("a", "1"))))
                .isInstanceOf(IllegalTransitionException.class);
        assertThatThrownBy(() -> evaluations.append(id, List.of(passed("a", "1"))))
                .isInstanceOf(IllegalTransitionException.class);
        assertThat(evaluations.results(id, PageRequest.first()).items()).isEmpty();
    }

    @Test
    void oneBadResultStoresNoneOfTheBatch() {
        assertThatThrownBy(() -> evaluations.append(id, List.of(passed("a", "1"), passed("b", "1.1"))))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("score"));
        assertThatThrownBy(() -> evaluations.append(
                        id,
                        List.of(
                                passed("a", "1"),
                                NewEvaluationResult.passed("b").repetition(0).build())))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("repetition"));
        assertThat(evaluations.find(id).orElseThrow().totalTests()).isZero();
        assertThat(evaluations.results(id, PageRequest.first()).items()).isEmpty();
    }

    @Test
    void aTraceThatIsNotThereIsBlamed() {
        NewEvaluationResult result =
                NewEvaluationResult.passed("a").traceId(UUID.randomUUID()).build();

        assertThatThrownBy(() -> evaluations.append(id, List.of(result)))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("trace_id"));
    }

    @Test
    void resultsArePagedByTestNameAndEachIsListedOnce() {
        List<NewEvaluationResult> results = new ArrayList<>();
        for (String test : List.of("c", "a", "b\nnew line", "B", "ä", "a b")) {
            results.add(NewEvaluationResult.passed(test).build());
            results.add(NewEvaluationResult.passed(test).repetition(2).build());
        }
        evaluations.append(id, results);
        List<EvaluationResult> all =
                evaluations.results(id, PageRequest.first()).items();

        List<EvaluationResult> paged = Pages.all(1, page -> evaluations.results(id, page));

        assertThat(paged).isEqualTo(all).hasSize(12);
        assertThat(all).extracting(EvaluationResult::testName).containsSubsequence("a", "a", "c", "c");
    }

    private EvaluationResult onlyResult() {
        return evaluations.results(id, PageRequest.first()).items().get(0);
    }

    private static NewEvaluationResult passed(String test, String score) {
        return NewEvaluationResult.passed(test).score(new BigDecimal(score)).build();
    }
}
