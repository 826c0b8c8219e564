package io.promptforge.dao.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.RecordedStatements;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.evaluation.StoredResult.Storing;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.ResultOutcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a result when one of its test, variant and repetition is stored already. */
class ResultStoringTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final EvaluationRepository evaluations = fixture.tenant().evaluations();
    private final ResultRepository results = fixture.tenant().results();
    private final UUID id = fixture.runningEvaluation().id();

    @Test
    void twoProvidersWithTheSameTestNamesKeepAllTheirResults() {
        List<NewEvaluationResult> batch = new ArrayList<>(rows("openai:gpt-4o", ResultOutcome.PASSED));
        batch.addAll(rows("anthropic:claude-sonnet-4", ResultOutcome.FAILED));

        AppendedResults appended = evaluations.append(id, batch);

        assertThat(appended.evaluation().totalTests()).isEqualTo(10);
        assertThat(appended.evaluation().passedTests()).isEqualTo(5);
        assertThat(appended.evaluation().failedTests()).isEqualTo(5);
        assertThat(appended.count(Storing.STORED)).isEqualTo(10);
        assertThat(results.findAll(appended.results().stream()
                                .map(StoredResult::id)
                                .toList())
                        .values())
                .extracting(result -> result.testName() + " " + result.variant().orElseThrow())
                .containsExactlyElementsOf(batch.stream()
                        .map(result ->
                                result.testName() + " " + result.variant().orElseThrow())
                        .toList());
        assertThat(listed(ResultFilter.all().variant("openai:gpt-4o")))
                .hasSize(5)
                .allMatch(EvaluationResult::passed);
        assertThat(listed(ResultFilter.all().variant(""))).isEmpty();
    }

    @Test
    void differentResultsWithoutAVariantAreRefusedAndNamed() {
        evaluations.append(id, rows(null, ResultOutcome.PASSED));

        assertThatThrownBy(() -> evaluations.append(id, rows(null, ResultOutcome.FAILED)))
                .isInstanceOfSatisfying(AlreadyExistsException.class, e -> {
                    assertThat(e.field()).isEqualTo("test_name");
                    assertThat(e.path()).hasValue("results[0]");
                });
        assertThat(evaluations.find(id).orElseThrow().failedTests()).isZero();
    }

    @Test
    void keptAndRefusedDifferencesAreToldAlsoWithinOneBatch() {
        List<NewEvaluationResult> both = new ArrayList<>(rows(null, ResultOutcome.PASSED));
        both.addAll(rows(null, ResultOutcome.FAILED));

        assertThatThrownBy(() -> evaluations.append(id, both))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.path()).hasValue("results[5]"));
        AppendedResults kept = evaluations.append(id, both, IfDifferent.KEEP);

        assertThat(kept.evaluation().totalTests()).isEqualTo(5);
        assertThat(kept.evaluation().failedTests()).isZero();
        assertThat(kept.results().subList(0, 5))
                .extracting(StoredResult::storing)
                .containsOnly(Storing.STORED);
        assertThat(kept.results().subList(5, 10))
                .extracting(StoredResult::storing)
                .containsOnly(Storing.KEPT_DIFFERENT);
        assertThat(kept.results().get(5).id()).isEqualTo(kept.results().get(0).id());
        assertThat(evaluations.append(id, both, IfDifferent.KEEP).count(Storing.STORED))
                .isZero();
    }

    @Test
    void aRepeatedCallIsAnsweredWithTheIdsOfTheFirst() {
        UUID trace = fixture.trace(fixture.project().id());
        List<NewEvaluationResult> batch = List.of(
                NewEvaluationResult.of("all", ResultOutcome.PASSED)
                        .variant("a")
                        .repetition(2)
                        .input(Json.parse("{\"b\":1.0,\"a\":[1]}"))
                        .score(BigDecimal.valueOf(0.1 + 0.2))
                        .scores(List.of(NewScore.of("tone", BigDecimal.ONE).comment("kind")))
                        .cost(new BigDecimal("0.00010"))
                        .errorMessage("none")
                        .traceId(trace),
                NewEvaluationResult.of("nothing", ResultOutcome.ERROR));
        List<StoredResult> first = evaluations.append(id, batch).results();
        results.addScores(first.get(0).id(), List.of(NewScore.yesOrNo("helpful", true)), TestTenant.NOON);
        NewEvaluationResult same = batch.get(0).input(Json.parse("{\"a\":[1],\"b\":1}"));

        List<StoredResult> again = evaluations
                .append(id, List.of(same, batch.get(1), batch.get(1)), IfDifferent.REFUSE)
                .results();

        assertThat(again)
                .extracting(StoredResult::id)
                .containsExactly(
                        first.get(0).id(), first.get(1).id(), first.get(1).id());
        assertThat(again).extracting(StoredResult::storing).containsOnly(Storing.ALREADY_STORED);
    }

    @Test
    void aTestThatCouldNotBeRunIsReplacedWhenItIsRunAgain() {
        NewEvaluationResult error =
                NewEvaluationResult.of("t1", ResultOutcome.ERROR).errorMessage("HTTP 500");
        UUID failed = evaluations.append(id, List.of(error)).results().get(0).id();

        AppendedResults again = evaluations.append(id, List.of(passed("t1")));

        assertThat(again.evaluation().totalTests()).isEqualTo(1);
        assertThat(again.evaluation().passedTests()).isEqualTo(1);
        assertThat(again.evaluation().errorTests()).isZero();
        assertThat(again.results().get(0).storing()).isEqualTo(Storing.REPLACED);
        assertThat(again.results().get(0).replacedId()).contains(failed);
        assertThat(listed(ResultFilter.all()))
                .extracting(EvaluationResult::outcome)
                .containsExactly(ResultOutcome.PASSED);
        assertThat(listed(ResultFilter.all().replaced(true))).singleElement().satisfies(replaced -> {
            assertThat(replaced.id()).isEqualTo(failed);
            assertThat(replaced.errorMessage()).contains("HTTP 500");
            assertThat(replaced.replacedAt()).isPresent();
        });
        assertThat(results.find(failed).orElseThrow().outcome()).isEqualTo(ResultOutcome.ERROR);
        assertThat(evaluations.summary(id).tests()).isEqualTo(1);
        assertThatThrownBy(() -> evaluations.append(id, List.of(error))).isInstanceOf(AlreadyExistsException.class);
    }

    @Test
    void aReplacementCountsInsteadOfWhatItReplaces() {
        evaluations.append(
                id, List.of(passed("a").score(BigDecimal.ONE), passed("b").score(BigDecimal.ONE)));

        AppendedResults replaced = evaluations.append(
                id,
                List.of(
                        NewEvaluationResult.of("a", ResultOutcome.FAILED).score(new BigDecimal("0.5")),
                        NewEvaluationResult.of("a", ResultOutcome.FAILED),
                        passed("c")),
                IfDifferent.REPLACE);

        assertThat(replaced.evaluation().totalTests()).isEqualTo(3);
        assertThat(replaced.evaluation().passedTests()).isEqualTo(2);
        assertThat(replaced.evaluation().failedTests()).isEqualTo(1);
        assertThat(replaced.evaluation().averageScore()).contains(BigDecimal.ONE);
        assertThat(listed(ResultFilter.all().replaced(true))).hasSize(2);
        assertThat(replaced.results())
                .extracting(StoredResult::storing)
                .containsExactly(Storing.STORED, Storing.REPLACED, Storing.STORED);
    }

    @ParameterizedTest
    @EnumSource(IfDifferent.class)
    void theNumberOfStatementsDoesNotDependOnTheNumberOfResults(IfDifferent choice) {
        RecordedStatements sent = new RecordedStatements(DATABASE.dataSource());
        EvaluationRepository counted = PromptForge.create(sent.dataSource(), ClassDatabase.settings())
                .tenant(fixture.organization().id())
                .evaluations();
        evaluations.append(id, numbered(ResultOutcome.ERROR, 500));
        ResultOutcome given = choice == IfDifferent.REFUSE ? ResultOutcome.ERROR : ResultOutcome.PASSED;

        assertThat(sent.of(() -> counted.append(id, numbered(given, 500), choice)))
                .hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void aLongErrorMessageAmongAHundredResultsIsNamedByPathAndField() {
        List<NewEvaluationResult> batch = new ArrayList<>(numbered(ResultOutcome.PASSED, 100));
        batch.set(67, batch.get(67).errorMessage("x".repeat(10_001)));

        assertThatThrownBy(() -> evaluations.append(id, batch))
                .isInstanceOfSatisfying(InvalidValueException.class, e -> {
                    assertThat(e.path()).hasValue("results[67]");
                    assertThat(e.field()).isEqualTo("error_message");
                });
        assertThat(evaluations.find(id).orElseThrow().totalTests()).isZero();
    }

    private List<EvaluationResult> listed(ResultFilter filter) {
        return evaluations
                .results(id, filter, ResultOrder.BY_TEST_NAME, PageRequest.first())
                .items();
    }

    private static List<NewEvaluationResult> rows(@Nullable String variant, ResultOutcome outcome) {
        return IntStream.rangeClosed(1, 5)
                .mapToObj(row -> NewEvaluationResult.of("Row #" + row, outcome).variant(variant))
                .toList();
    }

    private static List<NewEvaluationResult> numbered(ResultOutcome outcome, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> NewEvaluationResult.of("test " + n, outcome))
                .toList();
    }

    private static NewEvaluationResult passed(String test) {
        return NewEvaluationResult.of(test, ResultOutcome.PASSED);
    }
}
