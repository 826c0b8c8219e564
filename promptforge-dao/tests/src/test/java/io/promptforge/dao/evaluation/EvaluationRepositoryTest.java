package io.promptforge.dao.evaluation;

import static io.promptforge.dao.TestTenant.NOON;
import static io.promptforge.dao.evaluation.Refusals.assertInvalid;
import static io.promptforge.dao.evaluation.Refusals.assertMissingReference;
import static io.promptforge.dao.evaluation.Refusals.assertNotFound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.schema.type.EvaluationStatus;
import io.promptforge.schema.type.EvaluationType;
import io.promptforge.schema.type.ResultOutcome;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvaluationRepositoryTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final EvaluationRepository evaluations = fixture.tenant().evaluations();
    private final UUID project = fixture.project().id();
    private final NewEvaluation accuracy = NewEvaluation.of(project, "Accuracy", EvaluationType.ACCURACY);

    @ParameterizedTest
    @EnumSource(EvaluationType.class)
    void allGivenValuesAreStored(EvaluationType type) {
        ResolvedPrompt prompt = fixture.prompt(project);
        UUID model = fixture.model().id();
        UUID author = fixture.user().id();

        Evaluation created = evaluations.create(NewEvaluation.of(project, "Greeting Accuracy", type)
                .description("Is it polite?")
                .configuration(Json.parse("{\"judge\":\"gpt-4\"}"))
                .datasetId("set-1")
                .promptId(prompt.prompt().id())
                .promptVersionId(prompt.version().id())
                .modelId(model)
                .createdBy(author));

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
        assertThat(created.errorMessage()).isEmpty();
        assertThat(created.startedAt()).isEmpty();
        assertThat(created.finishedAt()).isEmpty();
        assertThat(results(created.id())).isEmpty();
    }

    @Test
    void anUnknownEvaluationIsNotFound() {
        assertNotThere(UUID.randomUUID());
        assertThat(fixture.tenant().results().find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void anEvaluationOfAnotherTenantIsNotFoundAndNotChanged() {
        TestTenant other = DATABASE.newTenant();
        EvaluationRepository theirs = other.tenant().evaluations();
        UUID running = other.runningEvaluation().id();
        Evaluation before = theirs.append(running, List.of(NewEvaluationResult.of("a", ResultOutcome.PASSED)))
                .evaluation();
        EvaluationResult result = theirs.results(
                        running, ResultFilter.all(), ResultOrder.BY_TEST_NAME, PageRequest.first())
                .items()
                .get(0);

        assertNotThere(running);
        assertNotThere(other.evaluation(before.projectId()).id());
        assertThat(fixture.tenant().results().find(result.id())).isEmpty();
        assertThat(theirs.find(running)).contains(before);
    }

    @Test
    void aMissingReferenceIsNamedInTheError() {
        UUID nothing = UUID.randomUUID();
        UUID prompt = fixture.prompt(project).prompt().id();

        assertMissingReference(
                "project_id", () -> evaluations.create(NewEvaluation.of(nothing, "Accuracy", EvaluationType.ACCURACY)));
        assertMissingReference("model_id", () -> evaluations.create(accuracy.modelId(nothing)));
        assertMissingReference("created_by", () -> evaluations.create(accuracy.createdBy(nothing)));
        assertMissingReference(
                "prompt_version_id",
                () -> evaluations.create(accuracy.promptId(prompt).promptVersionId(nothing)));
    }

    @Test
    void theVersionOfAnotherPromptIsNamedInTheError() {
        UUID prompt = fixture.prompt(project).prompt().id();
        UUID versionOfAnother = fixture.prompt(project).version().id();

        assertMissingReference(
                "prompt_version_id",
                () -> evaluations.create(accuracy.promptId(prompt).promptVersionId(versionOfAnother)));
    }

    @Test
    void anInvalidValueIsRefusedByField() {
        assertInvalid("name", () -> evaluations.create(named(" ")));
        assertInvalid("name", () -> evaluations.create(named("n".repeat(201))));
        assertInvalid("name", () -> evaluations.create(named("NUL \0")));
        assertInvalid("description", () -> evaluations.create(accuracy.description("d".repeat(4_001))));
        assertInvalid("description", () -> evaluations.create(accuracy.description("half a pair \ud800")));
        assertInvalid("dataset_id", () -> evaluations.create(accuracy.datasetId("d".repeat(201))));
        assertInvalid("dataset_id", () -> evaluations.create(accuracy.datasetId(" ")));
        assertInvalid("configuration", () -> evaluations.create(accuracy.configuration(Json.parse("1"))));
        assertThat(evaluations
                        .list(EvaluationFilter.all(), EvaluationOrder.NEWEST_FIRST, PageRequest.first())
                        .items())
                .isEmpty();
    }

    @Test
    void anEditChangesOnlyTheFieldsThatItSets() {
        Evaluation created = evaluations.create(accuracy.description("Is it polite?"));

        Evaluation renamed =
                evaluations.update(created.id(), EvaluationChanges.none().name("Politeness"));
        Evaluation cleared =
                evaluations.update(created.id(), EvaluationChanges.none().description(null));

        assertThat(renamed.name()).isEqualTo("Politeness");
        assertThat(renamed.description()).contains("Is it polite?");
        assertThat(renamed.updatedAt()).isAfter(created.updatedAt());
        assertThat(cleared.name()).isEqualTo("Politeness");
        assertThat(cleared.description()).isEmpty();
        assertThat(evaluations.find(created.id())).contains(cleared);
        assertThat(evaluations.update(created.id(), EvaluationChanges.none())).isEqualTo(cleared);
    }

    @Test
    void anEditOfAnOutdatedStateIsAConflict() {
        Evaluation read = fixture.runningEvaluation();
        Evaluation theirs = evaluations
                .append(read.id(), List.of(NewEvaluationResult.of("a", ResultOutcome.PASSED)))
                .evaluation();
        EvaluationChanges rename = EvaluationChanges.none().name("Mine");

        assertThatThrownBy(() -> evaluations.update(read.id(), rename.ifUnchangedSince(read.updatedAt())))
                .isInstanceOf(ConflictException.class);
        assertThat(evaluations.find(read.id())).contains(theirs);
        assertThat(evaluations
                        .update(read.id(), rename.ifUnchangedSince(theirs.updatedAt()))
                        .name())
                .isEqualTo("Mine");
    }

    @Test
    void anInvalidEditIsRefusedByField() {
        Evaluation created = evaluations.create(accuracy);
        EvaluationChanges none = EvaluationChanges.none();

        assertInvalid("name", () -> none.name(" "));
        assertInvalid("name", () -> evaluations.update(created.id(), none.name("n".repeat(201))));
        assertInvalid("description", () -> evaluations.update(created.id(), none.description("d".repeat(4_001))));
        assertThat(evaluations.find(created.id())).contains(created);
        assertThat(none.name("secret")).hasToString("EvaluationChanges[name]");
    }

    @Test
    void anEvaluationIsDeletedWithItsOwnResultsOnly() {
        UUID id = fixture.runningEvaluation().id();
        UUID other = fixture.runningEvaluation().id();
        List<NewEvaluationResult> batch = List.of(NewEvaluationResult.of("a", ResultOutcome.PASSED));
        evaluations.append(id, batch);
        evaluations.append(other, batch);
        UUID result = results(id).get(0).id();

        evaluations.delete(id);

        assertThat(evaluations.find(id)).isEmpty();
        assertThat(fixture.tenant().results().find(result)).isEmpty();
        assertThat(results(id)).isEmpty();
        assertThat(results(other)).hasSize(1);
        assertNotFound(() -> evaluations.delete(id));
    }

    @Test
    void aRefusedCallLeavesTheCallersTransactionUsable() {
        Evaluation evaluation = fixture.tenant().transaction(tx -> {
            EvaluationRepository inside = tx.evaluations();
            Evaluation created = inside.create(accuracy);
            assertInvalid("name", () -> inside.create(named("n".repeat(201))));
            assertInvalid(
                    "name",
                    () -> inside.update(created.id(), EvaluationChanges.none().name("n".repeat(201))));
            Refusals.assertIllegal(() -> inside.complete(created.id(), NOON));
            inside.start(created.id(), NOON);
            assertInvalid(
                    "repetition",
                    () -> inside.append(
                            created.id(),
                            List.of(NewEvaluationResult.of("a", ResultOutcome.PASSED)
                                    .repetition(0))));
            return inside.append(created.id(), List.of(NewEvaluationResult.of("a", ResultOutcome.PASSED)))
                    .evaluation();
        });

        assertThat(evaluations.find(evaluation.id())).contains(evaluation);
        assertThat(evaluation.totalTests()).isEqualTo(1);
    }

    @Test
    void evaluationsAreFoundByTheirIdsInTheOrderOfTheIds() {
        Evaluation first = fixture.evaluation(project);
        Evaluation second = fixture.evaluation(project);
        UUID theirs = DATABASE.newTenant().runningEvaluation().id();

        assertThat(evaluations.findAll(List.of(second.id(), UUID.randomUUID(), theirs, first.id(), second.id())))
                .containsExactly(Map.entry(second.id(), second), Map.entry(first.id(), first));
        assertThat(evaluations.findAll(List.of())).isEmpty();
        assertInvalid("ids", () -> evaluations.findAll(Collections.nCopies(1_001, first.id())));
    }

    private void assertNotThere(UUID id) {
        PageRequest page = PageRequest.first();
        assertThat(evaluations.find(id)).isEmpty();
        assertThat(results(id)).isEmpty();
        assertThat(evaluations
                        .resultsWithPayloads(id, ResultFilter.all(), ResultOrder.BEST_FIRST, page)
                        .items())
                .isEmpty();
        assertNotFound(() -> evaluations.update(id, EvaluationChanges.none()));
        assertNotFound(() -> evaluations.update(id, EvaluationChanges.none().name("New")));
        assertNotFound(() -> evaluations.start(id, NOON));
        assertNotFound(() -> evaluations.append(id, List.of()));
        assertNotFound(() -> evaluations.complete(id, NOON));
        assertNotFound(() -> evaluations.fail(id, NOON, "broken"));
        assertNotFound(() -> evaluations.cancel(id, NOON, null));
        assertNotFound(() -> evaluations.delete(id));
        assertNotFound(() -> evaluations.summary(id));
        assertNotFound(() -> evaluations.compare(id, id, ComparisonFilter.all(), page));
    }

    private List<EvaluationResult> results(UUID evaluation) {
        return evaluations
                .results(evaluation, ResultFilter.all(), ResultOrder.BY_TEST_NAME, PageRequest.first())
                .items();
    }

    private NewEvaluation named(String name) {
        return NewEvaluation.of(project, name, EvaluationType.ACCURACY);
    }
}
