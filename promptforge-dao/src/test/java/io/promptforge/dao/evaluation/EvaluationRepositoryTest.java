package io.promptforge.dao.evaluation;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.TestDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.schema.type.EvaluationStatus;
import io.promptforge.schema.type.EvaluationType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvaluationRepositoryTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final EvaluationRepository evaluations = fixture.tenant().evaluations();
    private final UUID project = fixture.project().id();

    @ParameterizedTest
    @EnumSource(EvaluationType.class)
    void whatIsCreatedIsFoundAsItWasGiven(EvaluationType type) {
        ResolvedPrompt prompt = fixture.prompt(project);
        UUID model = fixture.model().id();
        UUID author = fixture.user().id();

        Evaluation created = evaluations.create(NewEvaluation.named(project, "Greeting Accuracy", type)
                .withDescription("Is it polite?")
                .withConfiguration(Json.parse("{\"judge\":\"gpt-4\"}"))
                .withDatasetId("set-1")
                .withPrompt(prompt.prompt().id(), prompt.version().id())
                .withModel(model)
                .withCreatedBy(author));

        assertThat(created.projectId()).isEqualTo(project);
        assertThat(created.name()).isEqualTo("Greeting Accuracy");
        assertThat(created.description()).contains("Is it polite?");
        assertThat(created.type()).isEqualTo(type);
        assertThat(created.configuration()).isEqualTo(Json.parse("{\"judge\":\"gpt-4\"}"));
        assertThat(created.datasetId()).contains("set-1");
        assertThat(created.promptId()).contains(prompt.prompt().id());
        assertThat(created.promptVersionId()).contains(prompt.version().id());
        assertThat(created.modelId()).contains(model);
        assertThat(created.createdBy()).contains(author);
        assertThat(evaluations.find(created.id())).contains(created);
    }

    @Test
    void aNewEvaluationIsPendingAndHasNoResults() {
        Evaluation created = fixture.evaluation(project);

        assertThat(created.status()).isEqualTo(EvaluationStatus.PENDING);
        assertThat(created.totalTests()).isZero();
        assertThat(created.averageScore()).isEmpty();
        assertThat(created.startedAt()).isEmpty();
        assertThat(created.finishedAt()).isEmpty();
        assertThat(evaluations.results(created.id(), PageRequest.first()).items())
                .isEmpty();
    }

    @Test
    void anUnknownEvaluationIsNotFound() {
        UUID id = UUID.randomUUID();

        assertThat(evaluations.find(id)).isEmpty();
        assertThat(evaluations.list(id, PageRequest.first()).items()).isEmpty();
        assertThat(evaluations.results(id, PageRequest.first()).items()).isEmpty();
        assertThatThrownBy(() -> evaluations.start(id, NOON)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> evaluations.complete(id, NOON)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> evaluations.append(id, List.of())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> evaluations.summary(id)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aReferenceToNothingIsBlamed() {
        NewEvaluation evaluation = NewEvaluation.named(project, "Accuracy", EvaluationType.ACCURACY);
        UUID nothing = UUID.randomUUID();
        UUID prompt = fixture.prompt(project).prompt().id();

        blames("project_id", NewEvaluation.named(nothing, "Accuracy", EvaluationType.ACCURACY));
        blames("model_id", evaluation.withModel(nothing));
        blames("created_by", evaluation.withCreatedBy(nothing));
        blames("prompt_version_id", evaluation.withPrompt(prompt, nothing));
    }

    @Test
    void theVersionOfAnotherPromptIsBlamed() {
        UUID prompt = fixture.prompt(project).prompt().id();
        UUID versionOfAnother = fixture.prompt(project).version().id();

        blames(
                "prompt_version_id",
                NewEvaluation.named(project, "Accuracy", EvaluationType.ACCURACY)
                        .withPrompt(prompt, versionOfAnother));
    }

    @Test
    void aConfigurationThatIsNoObjectIsRefused() {
        assertThatThrownBy(() -> evaluations.create(NewEvaluation.named(project, "Accuracy", EvaluationType.ACCURACY)
                        .withConfiguration(Json.parse("1"))))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("configuration"));
    }

    @Test
    void anEvaluationIsStartedAndCompletedOnce() {
        UUID id = fixture.evaluation(project).id();

        Evaluation started = evaluations.start(id, NOON);
        Evaluation completed = evaluations.complete(id, NOON.plusSeconds(1));

        assertThat(started.status()).isEqualTo(EvaluationStatus.RUNNING);
        assertThat(started.startedAt()).contains(NOON);
        assertThat(completed.status()).isEqualTo(EvaluationStatus.COMPLETED);
        assertThat(completed.startedAt()).contains(NOON);
        assertThat(completed.finishedAt()).contains(NOON.plusSeconds(1));
        assertThat(completed.updatedAt()).isAfter(completed.createdAt());
        assertThatThrownBy(() -> evaluations.complete(id, NOON)).isInstanceOf(IllegalTransitionException.class);
        assertThatThrownBy(() -> evaluations.start(id, NOON)).isInstanceOf(IllegalTransitionException.class);
        assertThat(evaluations.find(id)).contains(completed);
    }

    @Test
    void aRunningEvaluationIsNotStartedAgain() {
        Evaluation running = fixture.runningEvaluation();

        assertThatThrownBy(() -> evaluations.start(running.id(), Instant.EPOCH))
                .isInstanceOf(IllegalTransitionException.class);
        assertThat(evaluations.find(running.id())).contains(running);
    }

    @Test
    void aPendingEvaluationIsNotCompleted() {
        UUID id = fixture.evaluation(project).id();

        assertThatThrownBy(() -> evaluations.complete(id, NOON)).isInstanceOf(IllegalTransitionException.class);
    }

    @Test
    void anEvaluationDoesNotEndBeforeItBegan() {
        UUID id = fixture.runningEvaluation().id();

        assertThatThrownBy(() -> evaluations.complete(id, NOON.minusMillis(1)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("finished_at"));
    }

    @Test
    void theEvaluationsOfAProjectAreListedTheOldestFirst() {
        List<Evaluation> made =
                List.of(fixture.evaluation(project), fixture.evaluation(project), fixture.evaluation(project));
        fixture.runningEvaluation();

        Page<Evaluation> first = evaluations.list(project, PageRequest.first(2));
        Page<Evaluation> second = evaluations.list(
                project, PageRequest.first(2).after(first.next().orElseThrow()));

        assertThat(first.items()).isEqualTo(made.subList(0, 2));
        assertThat(second.items()).isEqualTo(made.subList(2, 3));
        assertThat(second.next()).isEmpty();
    }

    private void blames(String field, NewEvaluation evaluation) {
        assertThatThrownBy(() -> evaluations.create(evaluation))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo(field));
    }
}
