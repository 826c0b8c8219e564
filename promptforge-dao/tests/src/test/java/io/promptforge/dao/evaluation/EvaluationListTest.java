package io.promptforge.dao.evaluation;

import static io.promptforge.dao.TestTenant.NOON;
import static io.promptforge.dao.evaluation.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.page.Count;
import io.promptforge.dao.page.Counting;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.schema.type.EvaluationStatus;
import io.promptforge.schema.type.EvaluationType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvaluationListTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final EvaluationRepository evaluations = fixture.tenant().evaluations();
    private final UUID project = fixture.project().id();
    private final EvaluationFilter inProject = EvaluationFilter.all().projectId(project);

    @Test
    void evaluationsAreListedByAge() {
        List<Evaluation> made = new ArrayList<>(List.of(make("a"), make("b"), make("c")));

        assertThat(paged(inProject, EvaluationOrder.OLDEST_FIRST)).isEqualTo(made);
        Collections.reverse(made);
        assertThat(paged(inProject, EvaluationOrder.NEWEST_FIRST)).isEqualTo(made);
    }

    @ParameterizedTest
    @EnumSource(EvaluationOrder.class)
    void evaluationsOfOneMomentAreListedOnceEach(EvaluationOrder order) {
        List<Evaluation> made = fixture.tenant().transaction(tx -> IntStream.range(0, 7)
                .mapToObj(n -> tx.evaluations().create(accuracy("n" + n)))
                .toList());

        assertThat(made)
                .extracting(Evaluation::createdAt)
                .containsOnly(made.get(0).createdAt());
        assertThat(paged(inProject, order)).containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void theListOfAProjectHasOnlyItsOwnEvaluations() {
        Evaluation mine = make("mine");
        Evaluation other = fixture.evaluation(fixture.project().id());
        DATABASE.newTenant().runningEvaluation();

        assertThat(paged(EvaluationFilter.all(), EvaluationOrder.OLDEST_FIRST)).containsExactly(mine, other);
        assertThat(paged(inProject, EvaluationOrder.OLDEST_FIRST)).containsExactly(mine);
        assertThat(paged(EvaluationFilter.all().projectId(UUID.randomUUID()), EvaluationOrder.OLDEST_FIRST))
                .isEmpty();
    }

    @Test
    void theListIsFilteredByWhatIsUnderTest() {
        ResolvedPrompt prompt = fixture.prompt(project);
        UUID model = fixture.model().id();
        Evaluation ofPrompt = evaluations.create(accuracy("prompt")
                .promptId(prompt.prompt().id())
                .promptVersionId(prompt.version().id()));
        Evaluation ofModel = evaluations.create(accuracy("model").modelId(model));
        make("neither");

        assertListed(inProject.promptId(prompt.prompt().id()), ofPrompt);
        assertListed(inProject.promptVersionId(prompt.version().id()), ofPrompt);
        assertListed(inProject.modelId(model), ofModel);
        assertListed(inProject.modelId(model).promptId(prompt.prompt().id()));
    }

    @Test
    void theListIsFilteredByTypeAndStatus() {
        Evaluation accuracy = make("accuracy");
        Evaluation bias = evaluations.create(NewEvaluation.of(project, "bias", EvaluationType.BIAS));
        Evaluation custom = evaluations.create(NewEvaluation.of(project, "custom", EvaluationType.CUSTOM));
        Evaluation running = evaluations.start(custom.id(), NOON);

        assertListed(inProject.type(EvaluationType.BIAS), bias);
        assertListed(inProject.type(EvaluationType.BIAS, EvaluationType.ACCURACY), accuracy, bias);
        assertListed(inProject.type(EvaluationType.BIAS).type(), accuracy, bias, running);
        assertListed(inProject.status(EvaluationStatus.RUNNING), running);
        assertListed(inProject.status(EvaluationStatus.RUNNING, EvaluationStatus.COMPLETED), running);
        assertListed(inProject.status(EvaluationStatus.PENDING).type(EvaluationType.BIAS), bias);
        assertListed(inProject.status(EvaluationStatus.FAILED));
    }

    @Test
    void theListIsFilteredByTheTimeOfCreationWithoutItsEnd() {
        Evaluation first = make("first");
        Evaluation second = make("second");
        Evaluation third = make("third");

        assertListed(inProject.createdFrom(second.createdAt()), second, third);
        assertListed(inProject.createdBefore(second.createdAt()), first);
        assertListed(inProject.createdFrom(first.createdAt()).createdBefore(third.createdAt()), first, second);
    }

    @Test
    void theListIsFilteredByAPartOfTheNameInAnyLetterCase() {
        Evaluation percent = make("100% Right");
        Evaluation plain = make("1000 rights");

        assertListed(inProject.text("RIGHT"), percent, plain);
        assertListed(inProject.text("0% r"), percent);
        assertListed(inProject.text("wrong"));
    }

    @Test
    void theListIsCountedOverAllItsPages() {
        make("a");
        make("b");
        make("other");

        assertThat(evaluations
                        .list(
                                inProject.text("O"),
                                EvaluationOrder.NEWEST_FIRST,
                                PageRequest.first(1).counting(Counting.EXACT))
                        .count())
                .contains(new Count(1, true));
        assertThat(evaluations
                        .list(
                                inProject,
                                EvaluationOrder.NEWEST_FIRST,
                                PageRequest.first(1).counting(Counting.EXACT))
                        .count())
                .contains(new Count(3, true));
        assertThat(evaluations
                        .list(inProject, EvaluationOrder.NEWEST_FIRST, PageRequest.first(1))
                        .count())
                .isEmpty();
    }

    @Test
    void evaluationsThatPassAFilterAreCounted() {
        make("one");
        make("two");
        fixture.evaluation(fixture.project().id());
        DATABASE.newTenant().runningEvaluation();

        assertThat(evaluations.count(EvaluationFilter.all())).isEqualTo(3);
        assertThat(evaluations.count(inProject)).isEqualTo(2);
        assertThat(evaluations.count(inProject.text("ONE").type(EvaluationType.ACCURACY)))
                .isEqualTo(1);
        assertThat(evaluations.count(inProject.type(EvaluationType.BIAS))).isZero();
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        make("a");
        make("b");
        String next = evaluations
                .list(inProject, EvaluationOrder.NEWEST_FIRST, PageRequest.first(1))
                .next()
                .orElseThrow();
        PageRequest page = PageRequest.first(1).after(next);

        assertInvalid("cursor", () -> evaluations.list(inProject, EvaluationOrder.OLDEST_FIRST, page));
        assertInvalid("cursor", () -> evaluations.list(inProject.text("b"), EvaluationOrder.NEWEST_FIRST, page));
        assertInvalid("cursor", () -> evaluations.list(EvaluationFilter.all(), EvaluationOrder.NEWEST_FIRST, page));
    }

    @Test
    void theOrderOfConstantsInAFilterDoesNotMatter() {
        assertThat(inProject.status(EvaluationStatus.RUNNING, EvaluationStatus.PENDING, EvaluationStatus.RUNNING))
                .isEqualTo(inProject.status(EvaluationStatus.PENDING, EvaluationStatus.RUNNING));
    }

    @Test
    void aFilterThatMatchesNothingIsRefused() {
        assertInvalid("text", () -> inProject.text(" "));
        assertInvalid("text", () -> inProject.text("\0"));
        assertInvalid("created_from", () -> inProject.createdFrom(Instant.MIN));
        assertInvalid("created_before", () -> inProject.createdBefore(Instant.MAX.minus(Duration.ofDays(1))));
    }

    private void assertListed(EvaluationFilter filter, Evaluation... expected) {
        assertThat(paged(filter, EvaluationOrder.OLDEST_FIRST)).containsExactly(expected);
    }

    private List<Evaluation> paged(EvaluationFilter filter, EvaluationOrder order) {
        return Pages.all(2, page -> evaluations.list(filter, order, page));
    }

    private Evaluation make(String name) {
        return evaluations.create(accuracy(name));
    }

    private NewEvaluation accuracy(String name) {
        return NewEvaluation.of(project, name, EvaluationType.ACCURACY);
    }
}
