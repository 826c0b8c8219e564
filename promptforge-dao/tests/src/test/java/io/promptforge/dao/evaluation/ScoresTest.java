package io.promptforge.dao.evaluation;

import static io.promptforge.dao.TestTenant.NOON;
import static io.promptforge.dao.evaluation.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.EvaluationType;
import io.promptforge.schema.type.ResultOutcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scores on any scale, and further scores of a result. */
class ScoresTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final EvaluationRepository evaluations = fixture.tenant().evaluations();
    private final ResultRepository results = fixture.tenant().results();

    @ParameterizedTest
    @CsvSource({
        "4, 4",
        "100, 100",
        "-2.5, -2.5",
        "1.0000000000000002, 1",
        "0.30000000000000004, 0.3",
        "0.3333333333333333, 0.333333",
        "0.0000005, 0.000001",
        "-0.0000005, -0.000001",
        "999999999.9999999, 1000000000"
    })
    void aScoreIsRoundedHalfUpToSixDecimals(BigDecimal given, BigDecimal stored) {
        UUID id = fixture.runningEvaluation().id();

        AppendedResults appended = evaluations.append(id, List.of(scored("a", given)));

        assertThat(appended.evaluation().averageScore()).contains(stored);
        assertThat(results.find(appended.results().get(0).id()).orElseThrow().score())
                .contains(stored);
        assertThat(NewScore.of("tone", given)).isEqualTo(NewScore.of("tone", stored));
    }

    @Test
    void aScoreOutsideOfTheScaleOfTheEvaluationIsRefusedByPath() {
        UUID id = running(it -> it.scale(ScoreScale.ofNumbers(0, 5))
                .scale("tone", ScoreScale.ofLabels("rude", "plain", "kind"))
                .scale("cited", ScoreScale.ofYesOrNo()));
        NewEvaluationResult four = scored("a", new BigDecimal("4"));

        assertThat(evaluations.append(id, List.of(four)).evaluation().averageScore())
                .contains(new BigDecimal("4"));
        assertRefused(id, "results[1]", "score", four, scored("b", new BigDecimal("5.000001")));
        assertRefused(id, "results[0].scores[0]", "score", with(NewScore.of("tone", BigDecimal.ONE)));
        assertRefused(
                id,
                "results[0].scores[1]",
                "label",
                with(NewScore.labelled("tone", "kind"), NewScore.labelled("tone", "sweet")));
        assertRefused(id, "results[0].scores[0]", "score", with(NewScore.of("cited", new BigDecimal("0.5"))));
        assertRefused(id, "results[0].scores[0]", "label", with(NewScore.labelled("cited", "yes")));
        evaluations.append(
                id,
                List.of(with(
                        NewScore.labelled("tone", "plain"),
                        NewScore.yesOrNo("cited", false),
                        NewScore.of("of no scale", new BigDecimal("-7")))));
    }

    @Test
    void theScalesOfAnEvaluationAreReadAsTheyWereWritten() {
        ScoreScale toxicity = ScoreScale.ofNumbers(new BigDecimal("0.00"), new BigDecimal("100"))
                .lowerIsBetter();
        ScoreScale tone = ScoreScale.ofLabels("rude", "kind");

        Evaluation created =
                evaluations.create(NewEvaluation.of(fixture.project().id(), "Run", EvaluationType.CUSTOM)
                        .scale(toxicity)
                        .scale("tone", tone)
                        .scale("cited", ScoreScale.ofYesOrNo()));

        assertThat(created.scales())
                .containsEntry("score", toxicity)
                .containsEntry("tone", tone)
                .containsEntry("cited", ScoreScale.ofYesOrNo())
                .hasSize(3);
        assertThat(evaluations.find(created.id())).contains(created);
    }

    @Test
    void aScaleMustMakeSense() {
        assertInvalid("highest", () -> ScoreScale.ofNumbers(5, 5));
        assertInvalid("labels", () -> ScoreScale.ofLabels());
        assertInvalid("labels", () -> ScoreScale.ofLabels("good", " "));
        assertInvalid("lowest", () -> ScoreScale.ofNumbers(-1_000_000_001, 0));
        assertInvalid("scales", () -> NewEvaluation.of(fixture.project().id(), "Run", EvaluationType.CUSTOM)
                .scale(ScoreScale.ofLabels("good")));
    }

    @Test
    void furtherScoresAreReadWithWhatGaveThem() {
        UUID id = fixture.runningEvaluation().id();
        UUID result = evaluations
                .append(
                        id,
                        List.of(with(
                                NewScore.of("relevance", new BigDecimal("4.5"))
                                        .comment("on the point")
                                        .source(ScoreSource.JUDGE_MODEL)
                                        .givenBy("openai/gpt-4o"),
                                NewScore.yesOrNo("cited", true).source(ScoreSource.CODE))))
                .results()
                .get(0)
                .id();

        EvaluationResult annotated = results.addScores(
                result,
                List.of(NewScore.labelled("tone", "kind")
                        .source(ScoreSource.PERSON)
                        .givenBy("ada@example.com")),
                NOON);

        assertThat(annotated.scores())
                .containsExactly(
                        new Score(
                                "relevance",
                                Optional.of(new BigDecimal("4.5")),
                                Optional.empty(),
                                Optional.of("on the point"),
                                Optional.of(ScoreSource.JUDGE_MODEL),
                                Optional.of("openai/gpt-4o"),
                                Optional.empty()),
                        new Score(
                                "cited",
                                Optional.of(BigDecimal.ONE),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(ScoreSource.CODE),
                                Optional.empty(),
                                Optional.empty()),
                        new Score(
                                "tone",
                                Optional.empty(),
                                Optional.of("kind"),
                                Optional.empty(),
                                Optional.of(ScoreSource.PERSON),
                                Optional.of("ada@example.com"),
                                Optional.of(NOON)));
        assertThat(results.find(result)).contains(annotated);
    }

    @Test
    void aScoreThatIsAddedLaterIsCheckedAgainstItsScaleToo() {
        UUID id = running(it -> it.scale("tone", ScoreScale.ofNumbers(1, 5)));
        UUID result = evaluations.append(id, List.of(with())).results().get(0).id();

        assertThatThrownBy(() -> results.addScores(result, List.of(NewScore.of("tone", BigDecimal.ZERO)), NOON))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.path()).hasValue("scores[0]"));
        assertThat(results.find(result).orElseThrow().scores()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, IMPROVED", "false, REGRESSED"})
    void theScaleSaysWhichScoreIsBetter(boolean higherIsBetter, ComparisonOutcome outcome) {
        ScoreScale scale = higherIsBetter
                ? ScoreScale.ofNumbers(0, 5)
                : ScoreScale.ofNumbers(0, 5).lowerIsBetter();
        UUID base = running(it -> it.scale(scale));
        UUID candidate = running(it -> it.scale(scale));
        UUID other = running(it -> it.scale(ScoreScale.ofNumbers(0, 100)));
        evaluations.append(base, List.of(scored("a", new BigDecimal("3"))));
        evaluations.append(candidate, List.of(scored("a", new BigDecimal("4"))));
        evaluations.append(other, List.of(scored("a", new BigDecimal("4"))));

        assertThat(compare(base, candidate, ComparisonFilter.all()).tests().items())
                .extracting(TestComparison::outcome)
                .containsExactly(outcome);
        assertThat(compare(base, other, ComparisonFilter.all()).tests().items())
                .extracting(TestComparison::outcome)
                .containsExactly(ComparisonOutcome.EQUAL);
    }

    @Test
    void twoVariantsOfOneEvaluationAreCompared() {
        UUID id = fixture.runningEvaluation().id();
        evaluations.append(
                id,
                List.of(
                        NewEvaluationResult.of("a", ResultOutcome.FAILED).variant("gpt-4o"),
                        NewEvaluationResult.of("a", ResultOutcome.PASSED).variant("claude"),
                        NewEvaluationResult.of("b", ResultOutcome.PASSED).variant("gpt-4o")));

        EvaluationComparison comparison =
                compare(id, id, ComparisonFilter.all().baseVariant("gpt-4o").candidateVariant("claude"));

        assertThat(comparison.tests().items())
                .extracting(TestComparison::outcome)
                .containsExactly(ComparisonOutcome.IMPROVED, ComparisonOutcome.MISSING);
        assertThat(comparison.base().tests()).isEqualTo(2);
        assertThat(comparison.candidate().tests()).isEqualTo(1);
    }

    @Test
    void errorsCountApartFromFailuresInSummaryAndComparison() {
        UUID base = fixture.runningEvaluation().id();
        UUID candidate = fixture.runningEvaluation().id();
        evaluations.append(
                base,
                List.of(
                        NewEvaluationResult.of("a", ResultOutcome.PASSED),
                        NewEvaluationResult.of("b", ResultOutcome.PASSED),
                        NewEvaluationResult.of("c", ResultOutcome.FAILED),
                        NewEvaluationResult.of("c", ResultOutcome.ERROR).repetition(2)));
        evaluations.append(
                candidate,
                List.of(
                        NewEvaluationResult.of("a", ResultOutcome.ERROR).errorMessage("HTTP 429"),
                        NewEvaluationResult.of("b", ResultOutcome.PASSED),
                        NewEvaluationResult.of("b", ResultOutcome.ERROR).repetition(2),
                        NewEvaluationResult.of("c", ResultOutcome.PASSED)));

        EvaluationComparison comparison = compare(base, candidate, ComparisonFilter.all());

        assertThat(comparison.tests().items())
                .extracting(TestComparison::outcome)
                .containsExactly(ComparisonOutcome.ERROR, ComparisonOutcome.EQUAL, ComparisonOutcome.IMPROVED);
        assertThat(comparison.counts().of(ComparisonOutcome.ERROR)).isEqualTo(1);
        assertThat(comparison.candidate().errors()).isEqualTo(2);
        assertThat(comparison.candidate().failed()).isZero();
        assertThat(comparison.candidate().passRate()).isEqualTo(1.0);
        assertThat(evaluations.countResults(candidate, ResultFilter.all().outcome(ResultOutcome.ERROR)))
                .isEqualTo(2);
    }

    private EvaluationComparison compare(UUID base, UUID candidate, ComparisonFilter filter) {
        return evaluations.compare(base, candidate, filter, PageRequest.first());
    }

    private UUID running(UnaryOperator<NewEvaluation> edit) {
        UUID id = evaluations
                .create(edit.apply(NewEvaluation.of(fixture.project().id(), "Run", EvaluationType.CUSTOM)))
                .id();
        return evaluations.start(id, NOON).id();
    }

    private void assertRefused(UUID id, String path, String field, NewEvaluationResult... given) {
        assertThatThrownBy(() -> evaluations.append(id, List.of(given), IfDifferent.KEEP))
                .isInstanceOfSatisfying(InvalidValueException.class, e -> {
                    assertThat(e.path()).hasValue(path);
                    assertThat(e.field()).isEqualTo(field);
                });
    }

    private static NewEvaluationResult with(NewScore... scores) {
        return NewEvaluationResult.of("further", ResultOutcome.PASSED).scores(List.of(scores));
    }

    private static NewEvaluationResult scored(String test, BigDecimal score) {
        return NewEvaluationResult.of(test, ResultOutcome.PASSED).score(score);
    }
}
