package io.promptforge.dao.evaluation;

import static io.promptforge.dao.evaluation.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.Count;
import io.promptforge.dao.page.Counting;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import io.promptforge.schema.type.ResultOutcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultListTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final EvaluationRepository evaluations = fixture.tenant().evaluations();
    private final UUID id = fixture.runningEvaluation().id();

    /** Two results have one score, two none, and two are of one test. */
    @BeforeEach
    void append() {
        evaluations.append(
                id,
                List.of(
                        result("c", 1, ResultOutcome.PASSED, "0.9"),
                        result("a", 1, ResultOutcome.PASSED, "0.5"),
                        result("a", 2, ResultOutcome.FAILED, "0.5"),
                        result("b\nnew line", 1, ResultOutcome.FAILED, "0.123456"),
                        result("d", 1, ResultOutcome.PASSED, "1"),
                        NewEvaluationResult.of("e", ResultOutcome.FAILED).errorMessage("Time Out"),
                        NewEvaluationResult.of("f", ResultOutcome.PASSED)));
        UUID other = fixture.runningEvaluation().id();
        evaluations.append(other, List.of(result("a", 1, ResultOutcome.PASSED, "0.7")));
    }

    @Test
    void resultsAreListedByTestAndRepetition() {
        assertThat(listed(ResultFilter.all(), ResultOrder.BY_TEST_NAME))
                .containsExactly("a 1", "a 2", "b\nnew line 1", "c 1", "d 1", "e 1", "f 1");
    }

    @Test
    void resultsWithAScoreAreListedByScore() {
        List<BigDecimal> scores = scores(ResultOrder.WORST_FIRST);

        assertThat(scores)
                .hasSize(5)
                .isSortedAccordingTo(Comparator.naturalOrder())
                .startsWith(new BigDecimal("0.123456"));
        assertThat(scores(ResultOrder.BEST_FIRST))
                .hasSize(5)
                .isSortedAccordingTo(Comparator.reverseOrder())
                .startsWith(BigDecimal.ONE);
        assertThat(listed(ResultFilter.all(), ResultOrder.WORST_FIRST))
                .containsExactlyInAnyOrder("a 1", "a 2", "b\nnew line 1", "c 1", "d 1");
    }

    @ParameterizedTest
    @EnumSource(ResultOrder.class)
    void aListIsTheSameInPagesOfAnySize(ResultOrder order) {
        List<String> whole = keys(evaluations
                .results(id, ResultFilter.all(), order, PageRequest.first())
                .items());

        for (int size = 1; size < 4; size++) {
            assertThat(keys(Pages.all(size, page(ResultFilter.all(), order)))).isEqualTo(whole);
        }
    }

    @Test
    void resultsAreFilteredByOutcome() {
        assertThat(listed(ResultFilter.all().outcome(ResultOutcome.PASSED), ResultOrder.BY_TEST_NAME))
                .containsExactly("a 1", "c 1", "d 1", "f 1");
        assertThat(listed(ResultFilter.all().outcome(ResultOutcome.FAILED), ResultOrder.BY_TEST_NAME))
                .containsExactly("a 2", "b\nnew line 1", "e 1");
        assertThat(listed(ResultFilter.all().outcome(ResultOutcome.FAILED), ResultOrder.WORST_FIRST))
                .containsExactly("b\nnew line 1", "a 2");
    }

    @Test
    void resultsAreFilteredByAnInclusiveRangeOfScores() {
        ResultFilter fromHalf = ResultFilter.all().minScore(new BigDecimal("0.5"));

        assertThat(listed(fromHalf, ResultOrder.BY_TEST_NAME)).containsExactly("a 1", "a 2", "c 1", "d 1");
        assertThat(listed(fromHalf.maxScore(new BigDecimal("0.90")), ResultOrder.BY_TEST_NAME))
                .containsExactly("a 1", "a 2", "c 1");
        assertThat(listed(ResultFilter.all().maxScore(BigDecimal.ZERO), ResultOrder.BY_TEST_NAME))
                .isEmpty();
        assertInvalid("min_score", () -> ResultFilter.all().minScore(new BigDecimal("1e1000")));
        assertInvalid("max_score", () -> ResultFilter.all().maxScore(new BigDecimal("1e1000")));
    }

    @Test
    void resultsAreFilteredByTextInTheTestsNameOrTheErrorMessage() {
        assertThat(listed(ResultFilter.all().text("NEW"), ResultOrder.BY_TEST_NAME))
                .containsExactly("b\nnew line 1");
        assertThat(listed(ResultFilter.all().text("e o"), ResultOrder.BY_TEST_NAME))
                .containsExactly("e 1");
        assertThat(listed(ResultFilter.all().outcome(ResultOutcome.PASSED).text("e"), ResultOrder.BY_TEST_NAME))
                .isEmpty();
        assertThat(listed(ResultFilter.all().text("%"), ResultOrder.BY_TEST_NAME))
                .isEmpty();
        assertInvalid("text", () -> ResultFilter.all().text("\0"));
        assertInvalid("text", () -> ResultFilter.all().text(""));
    }

    @Test
    void aListHasPayloadsOnRequestOnly() {
        List<EvaluationResult> without = Pages.all(3, page(ResultFilter.all(), ResultOrder.WORST_FIRST));
        List<EvaluationResult> with = Pages.all(
                3, page -> evaluations.resultsWithPayloads(id, ResultFilter.all(), ResultOrder.WORST_FIRST, page));

        assertThat(without).isNotEmpty().allMatch(result -> result.payload().isEmpty());
        assertThat(with).isNotEmpty().allSatisfy(result -> assertThat(
                        result.payload().orElseThrow().input())
                .contains(Json.of(result.testName())));
        assertThat(with)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("payload")
                .isEqualTo(without);
        assertThat(fixture.tenant().results().find(without.get(0).id())).contains(with.get(0));
    }

    @Test
    void theListIsCountedOverAllItsPages() {
        PageRequest page = PageRequest.first(1).counting(Counting.EXACT);

        assertThat(evaluations
                        .results(id, ResultFilter.all(), ResultOrder.BY_TEST_NAME, page)
                        .count())
                .contains(new Count(7, true));
        assertThat(evaluations
                        .results(id, ResultFilter.all(), ResultOrder.BEST_FIRST, page)
                        .count())
                .contains(new Count(5, true));
        assertThat(evaluations
                        .results(id, ResultFilter.all().outcome(ResultOutcome.FAILED), ResultOrder.BY_TEST_NAME, page)
                        .count())
                .contains(new Count(3, true));
    }

    @Test
    void resultsOfAnEvaluationThatPassAFilterAreCounted() {
        assertThat(evaluations.countResults(id, ResultFilter.all())).isEqualTo(7);
        assertThat(evaluations.countResults(id, ResultFilter.all().outcome(ResultOutcome.FAILED)))
                .isEqualTo(3);
        assertThat(evaluations.countResults(id, ResultFilter.all().outcome(ResultOutcome.values())))
                .isEqualTo(7);
        assertThat(evaluations.countResults(UUID.randomUUID(), ResultFilter.all()))
                .isZero();
        assertThat(DATABASE.newTenant().tenant().evaluations().countResults(id, ResultFilter.all()))
                .isZero();
    }

    @Test
    void resultsAreFoundByTheirIdsWithPayloadsInTheOrderOfTheIds() {
        List<EvaluationResult> stored = evaluations
                .resultsWithPayloads(id, ResultFilter.all(), ResultOrder.BY_TEST_NAME, PageRequest.first())
                .items();
        EvaluationResult first = stored.get(0);
        EvaluationResult last = stored.get(6);

        assertThat(fixture.tenant().results().findAll(List.of(last.id(), UUID.randomUUID(), first.id())))
                .containsExactly(Map.entry(last.id(), last), Map.entry(first.id(), first));
        assertThat(DATABASE.newTenant().tenant().results().findAll(List.of(first.id())))
                .isEmpty();
    }

    @Test
    void resultsStoredBetweenPagesDoNotShiftThem() {
        List<EvaluationResult> seen = new ArrayList<>();
        PageRequest request = PageRequest.first(3);
        Page<EvaluationResult> first = evaluations.results(id, ResultFilter.all(), ResultOrder.BY_TEST_NAME, request);
        seen.addAll(first.items());

        evaluations.append(
                id,
                List.of(
                        result("0 before", 1, ResultOutcome.PASSED, "1"),
                        result("z after", 1, ResultOutcome.PASSED, "1")));
        seen.addAll(Pages.after(first, 3, page(ResultFilter.all(), ResultOrder.BY_TEST_NAME)));

        assertThat(keys(seen)).containsExactly("a 1", "a 2", "b\nnew line 1", "c 1", "d 1", "e 1", "f 1", "z after 1");
    }

    private List<String> listed(ResultFilter filter, ResultOrder order) {
        return keys(Pages.all(2, page(filter, order)));
    }

    private List<BigDecimal> scores(ResultOrder order) {
        return Pages.all(2, page(ResultFilter.all(), order)).stream()
                .map(result -> result.score().orElseThrow())
                .toList();
    }

    private Function<PageRequest, Page<EvaluationResult>> page(ResultFilter filter, ResultOrder order) {
        return page -> evaluations.results(id, filter, order, page);
    }

    private static List<String> keys(List<EvaluationResult> results) {
        return results.stream()
                .map(result -> result.testName() + " " + result.repetition())
                .toList();
    }

    private static NewEvaluationResult result(String test, int repetition, ResultOutcome outcome, String score) {
        return NewEvaluationResult.of(test, outcome)
                .repetition(repetition)
                .score(new BigDecimal(score))
                .input(Json.of(test));
    }
}
