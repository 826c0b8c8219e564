package io.promptforge.dao.evaluation;

import static io.promptforge.dao.evaluation.Refusals.assertInvalid;
import static io.promptforge.dao.evaluation.Refusals.assertMissingReference;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.RecordedStatements;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.ResultOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stored results and the totals of their evaluation. */
class EvaluationResultsTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final EvaluationRepository evaluations = fixture.tenant().evaluations();
    private final UUID id = fixture.runningEvaluation().id();

    @Test
    void aResultIsReadAsItWasWritten() {
        UUID trace = fixture.trace(fixture.project().id());
        evaluations.append(
                id,
                List.of(NewEvaluationResult.of("greets", ResultOutcome.PASSED)
                        .repetition(3)
                        .input(Json.parse("{\"name\":\"Ada\"}"))
                        .expectedOutput(Json.parse("\"Hello Ada\""))
                        .actualOutput(Json.parse("null"))
                        .score(new BigDecimal("0.875"))
                        .latency(Duration.ofNanos(1_234_567_000))
                        .inputTokens(5_000_000_000L)
                        .outputTokens(7L)
                        .cost(new BigDecimal("0.000000000001"))
                        .metrics(Json.parse("{\"bleu\":0.4}"))
                        .errorMessage("almost")
                        .traceId(trace)));

        EvaluationResult stored = only(id);

        assertThat(stored.evaluationId()).contains(id);
        assertThat(stored.testName()).isEqualTo("greets");
        assertThat(stored.repetition()).isEqualTo(3);
        assertThat(stored.payload())
                .contains(new ResultPayload(
                        Optional.of(Json.parse("{\"name\":\"Ada\"}")),
                        Optional.of(Json.parse("\"Hello Ada\"")),
                        Optional.of(Json.parse("null"))));
        assertThat(stored.score()).contains(new BigDecimal("0.875"));
        assertThat(stored.passed()).isTrue();
        assertThat(stored.latency()).contains(Duration.ofNanos(1_234_567_000));
        assertThat(stored.inputTokens()).hasValue(5_000_000_000L);
        assertThat(stored.outputTokens()).hasValue(7);
        assertThat(stored.cost()).contains(new BigDecimal("0.000000000001"));
        assertThat(stored.metrics()).isEqualTo(Json.parse("{\"bleu\":0.4}"));
        assertThat(stored.errorMessage()).contains("almost");
        assertThat(stored.traceId()).contains(trace);
        assertThat(fixture.tenant().results().find(stored.id())).contains(stored);
    }

    @Test
    void unsetFieldsOfAResultAreEmpty() {
        evaluations.append(id, List.of(NewEvaluationResult.of("greets", ResultOutcome.FAILED)));

        EvaluationResult stored = only(id);

        assertThat(stored.passed()).isFalse();
        assertThat(stored.repetition()).isEqualTo(1);
        assertThat(stored.payload()).contains(new ResultPayload(Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(stored.score()).isEmpty();
        assertThat(stored.latency()).isEmpty();
        assertThat(stored.inputTokens()).isEmpty();
        assertThat(stored.outputTokens()).isEmpty();
        assertThat(stored.cost()).isEmpty();
        assertThat(stored.traceId()).isEmpty();
        assertThat(stored.errorMessage()).isEmpty();
        assertThat(stored.metrics()).isEqualTo(Json.emptyObject());
    }

    @Test
    void theTotalsAreThoseOfTheStoredResults() {
        evaluations.append(id, List.of(passed("a", "1"), passed("b", "0.5")));
        Evaluation after = evaluations
                .append(
                        id,
                        List.of(
                                NewEvaluationResult.of("c", ResultOutcome.FAILED)
                                        .score(new BigDecimal("0.25")),
                                NewEvaluationResult.of("d", ResultOutcome.FAILED)))
                .evaluation();

        assertThat(after.totalTests()).isEqualTo(4);
        assertThat(after.passedTests()).isEqualTo(2);
        assertThat(after.failedTests()).isEqualTo(2);
        assertThat(after.averageScore()).contains(new BigDecimal("0.583333"));
        assertThat(evaluations.find(id)).contains(after);
    }

    @Test
    void repeatingACallChangesNothing() {
        evaluations.append(id, List.of(passed("a", "1"), passed("b", "0.5")));
        List<EvaluationResult> stored = all(id);

        Evaluation again = evaluations
                .append(id, List.of(passed("a", "0"), passed("b", "0.5"), passed("c", "1")), IfDifferent.KEEP)
                .evaluation();

        assertThat(again.totalTests()).isEqualTo(3);
        assertThat(all(id)).hasSize(3).startsWith(stored.toArray(EvaluationResult[]::new));
    }

    @Test
    void theFirstOfTwoResultsOfOneTestInABatchIsStored() {
        assertThat(evaluations
                        .append(id, List.of(passed("a", "1"), passed("a", "0")), IfDifferent.KEEP)
                        .evaluation()
                        .averageScore())
                .contains(BigDecimal.ONE);
        assertThat(all(id)).hasSize(1);
    }

    @Test
    void repetitionsOfATestAreKeptApart() {
        NewEvaluationResult second =
                NewEvaluationResult.of("a", ResultOutcome.PASSED).repetition(2);

        assertThat(evaluations
                        .append(id, List.of(passed("a", "1"), second))
                        .evaluation()
                        .totalTests())
                .isEqualTo(2);
    }

    @Test
    void resultsOfOtherEvaluationsDoNotCount() {
        UUID other = fixture.runningEvaluation().id();
        evaluations.append(id, List.of(passed("a", "1")));

        assertThat(evaluations
                        .append(other, List.of(passed("a", "0")))
                        .evaluation()
                        .averageScore())
                .contains(BigDecimal.ZERO);
        assertThat(evaluations.find(id).orElseThrow().averageScore()).contains(BigDecimal.ONE);
    }

    @Test
    void anEmptyBatchIsAccepted() {
        assertThat(evaluations.append(id, List.of()).evaluation().totalTests()).isZero();
    }

    @Test
    void tenThousandResultsTakeAsManyStatementsAsTen() {
        RecordedStatements sent = new RecordedStatements(DATABASE.dataSource());
        EvaluationRepository counted = PromptForge.create(sent.dataSource(), ClassDatabase.settings())
                .tenant(fixture.organization().id())
                .evaluations();

        int ofTen = sent.of(() -> counted.append(id, numbered(0, 10))).size();
        int ofTenThousand =
                sent.of(() -> counted.append(id, numbered(10, 10_010))).size();
        int again = sent.of(() -> counted.append(id, numbered(0, 10_010))).size();

        assertThat(ofTen).isEqualTo(2);
        assertThat(ofTenThousand).isEqualTo(2);
        assertThat(again).isEqualTo(3);
        assertThat(evaluations.find(id).orElseThrow().totalTests()).isEqualTo(10_010);
    }

    @Test
    void anInvalidValueIsRefusedByFieldAndNothingOfTheBatchIsStored() {
        refused("test_name", () -> NewEvaluationResult.of("t".repeat(501), ResultOutcome.PASSED));
        refused("test_name", () -> NewEvaluationResult.of(" ", ResultOutcome.PASSED));
        refused("test_name", () -> NewEvaluationResult.of("NUL \0", ResultOutcome.PASSED));
        refused("repetition", () -> NewEvaluationResult.of("b", ResultOutcome.PASSED)
                .repetition(0));
        refused("score", () -> NewEvaluationResult.of("b", ResultOutcome.PASSED).score(new BigDecimal("1000000001")));
        refused("score", () -> NewEvaluationResult.of("b", ResultOutcome.PASSED).score(new BigDecimal("-1000000001")));
        refused("score", () -> NewEvaluationResult.of("b", ResultOutcome.PASSED).score(new BigDecimal("1e1000000000")));
        refused("score", () -> NewEvaluationResult.of("b", ResultOutcome.PASSED)
                .score(new BigDecimal("1e-1000000000")));
        refused("latency_us", () -> NewEvaluationResult.of("b", ResultOutcome.PASSED)
                .latency(Duration.ofNanos(-1)));
        refused("latency_us", () -> NewEvaluationResult.of("b", ResultOutcome.PASSED)
                .latency(Duration.ofSeconds(Long.MAX_VALUE)));
        refused("input_tokens", () -> NewEvaluationResult.of("b", ResultOutcome.PASSED)
                .inputTokens(-1L)
                .outputTokens(0L));
        refused("output_tokens", () -> NewEvaluationResult.of("b", ResultOutcome.PASSED)
                .inputTokens(0L)
                .outputTokens(-1L));
        refused("cost", () -> NewEvaluationResult.of("b", ResultOutcome.PASSED).cost(new BigDecimal("-0.01")));
        refused("cost", () -> NewEvaluationResult.of("b", ResultOutcome.PASSED).cost(new BigDecimal("1000000")));
        refused("cost", () -> NewEvaluationResult.of("b", ResultOutcome.PASSED)
                .cost(new BigDecimal("999999.9999999999999")));
        refused("metrics", () -> NewEvaluationResult.of("b", ResultOutcome.PASSED)
                .metrics(Json.emptyArray()));
        refused("error_message", () -> NewEvaluationResult.of("b", ResultOutcome.PASSED)
                .errorMessage("e".repeat(10_001)));
        refused("error_message", () -> NewEvaluationResult.of("b", ResultOutcome.PASSED)
                .errorMessage("\0"));
        assertInvalid("results", () -> evaluations.append(id, Arrays.asList(passed("a", "1"), null)));

        assertThat(evaluations.find(id).orElseThrow().totalTests()).isZero();
        assertThat(all(id)).isEmpty();
    }

    @Test
    void aDocumentThatIsTooLargeIsRefusedByField() {
        refused("actual_output", () -> NewEvaluationResult.of("b", ResultOutcome.PASSED)
                .actualOutput(Json.of("x".repeat(17 << 20))));
    }

    @Test
    void theLimitsThemselvesAreAccepted() {
        evaluations.append(
                id,
                List.of(NewEvaluationResult.of("t".repeat(500), ResultOutcome.PASSED)
                        .repetition(Integer.MAX_VALUE)
                        .score(new BigDecimal("1.000000000"))
                        .latency(Duration.ofNanos(Long.MAX_VALUE))
                        .inputTokens(Long.MAX_VALUE)
                        .outputTokens(Long.MAX_VALUE)
                        .cost(new BigDecimal("999999.999999999999"))));

        EvaluationResult stored = only(id);

        assertThat(stored.score()).contains(BigDecimal.ONE);
        assertThat(stored.latency()).contains(Duration.ofNanos(Long.MAX_VALUE / 1_000 * 1_000));
        assertThat(stored.cost()).contains(new BigDecimal("999999.999999999999"));
        assertThat(evaluations.summary(id).totalTokens()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aMissingTraceIsNamedInTheError() {
        NewEvaluationResult result =
                NewEvaluationResult.of("a", ResultOutcome.PASSED).traceId(UUID.randomUUID());

        assertMissingReference("trace_id", () -> evaluations.append(id, List.of(result)));
        assertThat(all(id)).isEmpty();
    }

    private void refused(String field, Supplier<NewEvaluationResult> result) {
        assertInvalid(field, () -> evaluations.append(id, List.of(passed("a", "1"), result.get())));
    }

    private EvaluationResult only(UUID evaluation) {
        List<EvaluationResult> results = all(evaluation);
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private List<EvaluationResult> all(UUID evaluation) {
        return evaluations
                .resultsWithPayloads(evaluation, ResultFilter.all(), ResultOrder.BY_TEST_NAME, PageRequest.first())
                .items();
    }

    private static List<NewEvaluationResult> numbered(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(n -> passed("test " + n, "0.5"))
                .toList();
    }

    private static NewEvaluationResult passed(String test, String score) {
        return NewEvaluationResult.of(test, ResultOutcome.PASSED).score(new BigDecimal(score));
    }
}
