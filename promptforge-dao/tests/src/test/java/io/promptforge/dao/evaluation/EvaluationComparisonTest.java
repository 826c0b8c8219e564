package io.promptforge.dao.evaluation;

import static io.promptforge.dao.evaluation.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.RecordedStatements;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.page.Count;
import io.promptforge.dao.page.Counting;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import io.promptforge.schema.type.ResultOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvaluationComparisonTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final EvaluationRepository evaluations = fixture.tenant().evaluations();
    private final UUID base = fixture.runningEvaluation().id();
    private final UUID candidate = fixture.runningEvaluation().id();

    @Test
    void aTestOfOnlyOneEvaluationIsMissingOrNew() {
        inBase(passed("gone", 1, "0.5"));
        inCandidate(failed("added", 1, null));

        assertThat(tests(ComparisonFilter.all()))
                .containsExactly(
                        new TestComparison(
                                "added",
                                ComparisonOutcome.NEW,
                                Optional.empty(),
                                Optional.of(new TestRuns(1, 0, 0, Optional.empty()))),
                        new TestComparison(
                                "gone",
                                ComparisonOutcome.MISSING,
                                Optional.of(new TestRuns(1, 1, 0, Optional.of(new BigDecimal("0.5")))),
                                Optional.empty()));
    }

    @Test
    void thePassRateDecidesRegardlessOfTheScores() {
        inBase(failed("better", 1, "0.9"), passed("worse", 1, "0.1"));
        inCandidate(passed("better", 1, "0.1"), failed("worse", 1, "0.9"));

        assertThat(outcome("better")).isEqualTo(ComparisonOutcome.IMPROVED);
        assertThat(outcome("worse")).isEqualTo(ComparisonOutcome.REGRESSED);
    }

    @Test
    void theScoresDecideBetweenEqualPassRates() {
        inBase(passed("better", 1, "0.5"), failed("worse", 1, "0.5"), passed("same", 1, "0.5"));
        inCandidate(passed("better", 1, "0.500001"), failed("worse", 1, "0.499999"), passed("same", 1, "0.5"));

        assertThat(outcome("better")).isEqualTo(ComparisonOutcome.IMPROVED);
        assertThat(outcome("worse")).isEqualTo(ComparisonOutcome.REGRESSED);
        assertThat(outcome("same")).isEqualTo(ComparisonOutcome.EQUAL);
    }

    @Test
    void aScoreOnOnlyOneSideDecidesNothing() {
        inBase(passed("base", 1, "0.9"), passed("candidate", 1, null), passed("neither", 1, null));
        inCandidate(passed("base", 1, null), passed("candidate", 1, "0.1"), passed("neither", 1, null));

        assertThat(tests(ComparisonFilter.all()))
                .hasSize(3)
                .extracting(TestComparison::outcome)
                .containsOnly(ComparisonOutcome.EQUAL);
    }

    @Test
    void aTestIsJudgedOverAllItsRepetitions() {
        inBase(passed("t", 1, "1"), failed("t", 2, "0"), failed("t", 3, "0"));
        inCandidate(passed("t", 1, "0"), failed("t", 2, null));

        assertThat(tests(ComparisonFilter.all()))
                .containsExactly(new TestComparison(
                        "t",
                        ComparisonOutcome.IMPROVED,
                        Optional.of(new TestRuns(3, 1, 0, Optional.of(new BigDecimal("0.333333")))),
                        Optional.of(new TestRuns(2, 1, 0, Optional.of(BigDecimal.ZERO)))));
        assertThat(tests(ComparisonFilter.all())
                        .get(0)
                        .candidate()
                        .orElseThrow()
                        .passRate())
                .isEqualTo(0.5);
    }

    @Test
    void oneThirdEqualsTwoSixthsWithoutRounding() {
        inBase(passed("t", 1, "1"), failed("t", 2, "0"), failed("t", 3, "0"));
        inCandidate(
                passed("t", 1, "1"),
                passed("t", 2, "1"),
                failed("t", 3, "0"),
                failed("t", 4, "0"),
                failed("t", 5, "0"),
                failed("t", 6, "0"));

        assertThat(outcome("t")).isEqualTo(ComparisonOutcome.EQUAL);
    }

    @Test
    void outcomesAreCountedOverAllTestsRegardlessOfFilterAndPage() {
        oneOfEach();
        inBase(passed("gone too", 1, null));

        EvaluationComparison one =
                compare(ComparisonFilter.all().outcome(ComparisonOutcome.IMPROVED), PageRequest.first(1));
        EvaluationComparison none = compare(ComparisonFilter.all().text("nothing"), PageRequest.first());

        assertThat(one.counts()).isEqualTo(new OutcomeCounts(1, 1, 1, 0, 2, 1));
        assertThat(one.counts().of(ComparisonOutcome.MISSING)).isEqualTo(2);
        assertThat(none.tests().items()).isEmpty();
        assertThat(none.counts()).isEqualTo(one.counts());
        assertThat(none.base()).isEqualTo(evaluations.summary(base));
        assertThat(none.candidate()).isEqualTo(evaluations.summary(candidate));
    }

    @Test
    void testsAreFilteredByOutcomeAndText() {
        oneOfEach();

        assertThat(names(ComparisonFilter.all())).containsExactly("added", "better", "gone", "same", "worse");
        assertThat(names(ComparisonFilter.all().outcome(ComparisonOutcome.NEW))).containsExactly("added");
        assertThat(names(ComparisonFilter.all().outcome(ComparisonOutcome.REGRESSED, ComparisonOutcome.MISSING)))
                .containsExactly("gone", "worse");
        assertThat(names(ComparisonFilter.all().text("E"))).containsExactly("added", "better", "gone", "same", "worse");
        assertThat(names(ComparisonFilter.all().outcome(ComparisonOutcome.EQUAL).text("AM")))
                .containsExactly("same");
        assertInvalid("text", () -> ComparisonFilter.all().text("\0"));
    }

    @Test
    void testsComeInPagesByName() {
        oneOfEach();

        for (int size = 1; size < 6; size++) {
            assertThat(Pages.all(
                            size, page -> compare(ComparisonFilter.all(), page).tests()))
                    .isEqualTo(tests(ComparisonFilter.all()))
                    .hasSize(5);
        }
    }

    @Test
    void theListOfTestsIsCountedOnRequest() {
        oneOfEach();
        ComparisonFilter filter =
                ComparisonFilter.all().text("E").outcome(ComparisonOutcome.NEW, ComparisonOutcome.EQUAL);

        assertThat(compare(filter, PageRequest.first(1).counting(Counting.EXACT))
                        .tests()
                        .count())
                .contains(new Count(2, true));
        assertThat(compare(filter, PageRequest.first(1).counting(Counting.ESTIMATED))
                        .tests()
                        .count())
                .contains(new Count(2, true));
        assertThat(compare(filter, PageRequest.first(1)).tests().count()).isEmpty();
    }

    @Test
    void aCursorOfAnotherComparisonIsRefused() {
        oneOfEach();
        String next = compare(ComparisonFilter.all(), PageRequest.first(1))
                .tests()
                .next()
                .orElseThrow();
        PageRequest page = PageRequest.first(1).after(next);

        UUID one = base;
        UUID other = candidate;
        assertInvalid("cursor", () -> evaluations.compare(other, one, ComparisonFilter.all(), page));
        assertInvalid("cursor", () -> compare(ComparisonFilter.all().text("e"), page));
        assertInvalid(
                "cursor",
                () -> compare(ComparisonFilter.all(), PageRequest.first(1).after("no")));
    }

    @Test
    void theDifferenceIsTheCandidateMinusTheBase() {
        inBase(measured("a", "0.5", 30, 100, "0.2"), measured("b", "0.9", 10, 100, "0.2"), failed("c", 1, null));
        inCandidate(measured("a", "0.9", 8, 50, "0.4"), failed("b", 1, "0.1"));

        SummaryDifference difference =
                compare(ComparisonFilter.all(), PageRequest.first()).difference();

        assertThat(difference.passRate().orElseThrow()).isCloseTo(-1.0 / 6, within(1e-12));
        assertThat(difference.averageScore()).contains(new BigDecimal("-0.2"));
        assertThat(difference.medianLatency()).contains(Duration.ofMillis(-2));
        assertThat(difference.totalTokens()).isEqualTo(-150);
        assertThat(difference.totalCost()).isEqualByComparingTo("0");
    }

    @Test
    void theDifferenceToAMissingValueIsEmpty() {
        inBase(measured("a", "0.5", 30, 100, "0.2"));

        SummaryDifference difference =
                compare(ComparisonFilter.all(), PageRequest.first()).difference();

        assertThat(difference)
                .isEqualTo(new SummaryDifference(
                        OptionalDouble.empty(), Optional.empty(), Optional.empty(), -100, new BigDecimal("-0.2")));
    }

    @Test
    void anEvaluationEqualsItself() {
        inBase(passed("a", 1, "0.5"), failed("b", 1, null), passed("b", 2, "0.3"));

        EvaluationComparison comparison = evaluations.compare(base, base, ComparisonFilter.all(), PageRequest.first());

        assertThat(comparison.counts()).isEqualTo(new OutcomeCounts(0, 0, 2, 0, 0, 0));
        assertThat(comparison.base()).isEqualTo(comparison.candidate());
        assertThat(comparison.base().tests()).isEqualTo(3);
    }

    @Test
    void evaluationsWithoutResultsAreComparedToo() {
        EvaluationComparison comparison = compare(ComparisonFilter.all(), PageRequest.first());

        assertThat(comparison.counts()).isEqualTo(new OutcomeCounts(0, 0, 0, 0, 0, 0));
        assertThat(comparison.tests().items()).isEmpty();
        assertThat(comparison.base().tests()).isZero();
    }

    @Test
    void aMissingEvaluationIsNamed() {
        UUID nothing = UUID.randomUUID();
        UUID theirs = DATABASE.newTenant().runningEvaluation().id();

        assertThatThrownBy(() -> evaluations.compare(nothing, candidate, ComparisonFilter.all(), PageRequest.first()))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("There is no base evaluation " + nothing + ".");
        assertThatThrownBy(() -> evaluations.compare(base, theirs, ComparisonFilter.all(), PageRequest.first()))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("There is no candidate evaluation " + theirs + ".");
    }

    @Test
    void theComparisonIsOneStatement() {
        oneOfEach();
        RecordedStatements sent = new RecordedStatements(DATABASE.dataSource());
        EvaluationRepository counted = PromptForge.create(sent.dataSource(), ClassDatabase.settings())
                .tenant(fixture.organization().id())
                .evaluations();
        PageRequest page = PageRequest.first(2).counting(Counting.EXACT);

        assertThat(sent.of(() -> counted.compare(base, candidate, ComparisonFilter.all(), page)))
                .hasSize(1);
    }

    private void oneOfEach() {
        inBase(failed("better", 1, null), passed("worse", 1, null), passed("same", 1, null), passed("gone", 1, null));
        inCandidate(
                passed("better", 1, null), failed("worse", 1, null), passed("same", 1, null), passed("added", 1, null));
    }

    private ComparisonOutcome outcome(String test) {
        return tests(ComparisonFilter.all()).stream()
                .filter(each -> each.testName().equals(test))
                .findFirst()
                .orElseThrow()
                .outcome();
    }

    private List<String> names(ComparisonFilter filter) {
        return tests(filter).stream().map(TestComparison::testName).toList();
    }

    private List<TestComparison> tests(ComparisonFilter filter) {
        return compare(filter, PageRequest.first()).tests().items();
    }

    private EvaluationComparison compare(ComparisonFilter filter, PageRequest page) {
        return evaluations.compare(base, candidate, filter, page);
    }

    private void inBase(NewEvaluationResult... results) {
        evaluations.append(base, List.of(results));
    }

    private void inCandidate(NewEvaluationResult... results) {
        evaluations.append(candidate, List.of(results));
    }

    private static NewEvaluationResult passed(String test, int repetition, @Nullable String score) {
        return result(NewEvaluationResult.of(test, ResultOutcome.PASSED).repetition(repetition), score);
    }

    private static NewEvaluationResult failed(String test, int repetition, @Nullable String score) {
        return result(NewEvaluationResult.of(test, ResultOutcome.FAILED).repetition(repetition), score);
    }

    private static NewEvaluationResult result(NewEvaluationResult result, @Nullable String score) {
        return result.score(score == null ? null : new BigDecimal(score));
    }

    private static NewEvaluationResult measured(String test, String score, int millis, long tokens, String cost) {
        return NewEvaluationResult.of(test, ResultOutcome.PASSED)
                .score(new BigDecimal(score))
                .latency(Duration.ofMillis(millis))
                .inputTokens(tokens)
                .outputTokens(0L)
                .cost(new BigDecimal(cost));
    }
}
