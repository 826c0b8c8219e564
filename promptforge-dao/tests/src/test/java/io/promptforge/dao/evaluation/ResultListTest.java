package io.promptforge.dao.evaluation;

import static io.promptforge.dao.evaluation.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.TestDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.Count;
import io.promptforge.dao.page.Counting;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultListTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final EvaluationRepository evaluations = fixture.tenant().evaluations();
    private final UUID id = fixture.runningEvaluation().id();

    /** Two results have one score, two none, and two are of one test. */
    @BeforeEach
    void append() {
        evaluations.append(
                id,
                List.of(
                        result("c", 1, true, "0.9"),
                        result("a", 1, true, "0.5"),
                        result("a", 2, false, "0.5"),
                        result("b\nnew line", 1, false, "0.123456"),
                        result("d", 1, true, "1"),
                        NewEvaluationResult.failed("e").errorMessage("Time Out").build(),
                        NewEvaluationResult.passed("f").build()));
        UUID other = fixture.runningEvaluation().id();
        evaluations.append(other, List.of(result("a", 1, true, "0.7")));
    }

    @Test
    void resultsAreListedByTestAndRepetition() {
        assertThat(listed(ResultFilter.all(), ResultOrder.BY_TEST_NAME))
                .containsExactly("a 1", "a 2", "b\nnew line 1", "c 1", "d 1", "e 1", "f 1");
    }

    @Test
    void resultsAreListedByScoreWithoutThoseThatHaveNone() {
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
    void resultsAreFilteredByWhetherTheyPassed() {
        assertThat(listed(ResultFilter.all().withPassed(true), ResultOrder.BY_TEST_NAME))
                .containsExactly("a 1", "c 1", "d 1", "f 1");
        assertThat(listed(ResultFilter.all().withPassed(false), ResultOrder.BY_TEST_NAME))
                .containsExactly("a 2", "b\nnew line 1", "e 1");
        assertThat(listed(ResultFilter.all().withPassed(false), ResultOrder.WORST_FIRST))
                .containsExactly("b\nnew line 1", "a 2");
    }

    @Test
    void resultsAreFilteredByARangeOfScoresWithItsEnds() {
        ResultFilter fromHalf = ResultFilter.all().withLowestScore(new BigDecimal("0.5"));

        assertThat(listed(fromHalf, ResultOrder.BY_TEST_NAME)).containsExactly("a 1", "a 2", "c 1", "d 1");
        assertThat(listed(fromHalf.withHighestScore(new BigDecimal("0.90")), ResultOrder.BY_TEST_NAME))
                .containsExactly("a 1", "a 2", "c 1");
        assertThat(listed(ResultFilter.all().withHighestScore(BigDecimal.ZERO), ResultOrder.BY_TEST_NAME))
                .isEmpty();
        assertInvalid("score", () -> ResultFilter.all().withLowestScore(new BigDecimal("1.01")));
        assertInvalid("score", () -> ResultFilter.all().withHighestScore(new BigDecimal("-0.01")));
    }

    @Test
    void resultsAreFilteredByTextInTheTestsNameOrTheErrorMessage() {
        assertThat(listed(ResultFilter.all().withText("NEW"), ResultOrder.BY_TEST_NAME))
                .containsExactly("b\nnew line 1");
        assertThat(listed(ResultFilter.all().withText("e o"), ResultOrder.BY_TEST_NAME))
                .containsExactly("e 1");
        assertThat(listed(ResultFilter.all().withPassed(true).withText("e"), ResultOrder.BY_TEST_NAME))
                .isEmpty();
        assertThat(listed(ResultFilter.all().withText("%"), ResultOrder.BY_TEST_NAME))
                .isEmpty();
        assertInvalid("text", () -> ResultFilter.all().withText("\0"));
        assertInvalid("text", () -> ResultFilter.all().withText(""));
    }

    @Test
    void aListLeavesThePayloadsOutUnlessTheyAreAskedFor() {
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
        assertThat(evaluations.findResult(without.get(0).id())).contains(with.get(0));
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
                        .results(id, ResultFilter.all().withPassed(false), ResultOrder.BY_TEST_NAME, page)
                        .count())
                .contains(new Count(3, true));
    }

    @Test
    void resultsThatComeMeanwhileShiftNothing() {
        List<EvaluationResult> seen = new ArrayList<>();
        PageRequest request = PageRequest.first(3);
        Page<EvaluationResult> first = evaluations.results(id, ResultFilter.all(), ResultOrder.BY_TEST_NAME, request);
        seen.addAll(first.items());

        evaluations.append(id, List.of(result("0 before", 1, true, "1"), result("z after", 1, true, "1")));
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

    private static NewEvaluationResult result(String test, int repetition, boolean passed, String score) {
        return (passed ? NewEvaluationResult.passed(test) : NewEvaluationResult.failed(test))
                .repetition(repetition)
                .score(new BigDecimal(score))
                .input(Json.of(test))
                .build();
    }
}
