package io.promptforge.dao.prompt;

import static io.promptforge.dao.TestTenant.newName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.evaluation.Evaluation;
import io.promptforge.dao.evaluation.NewEvaluation;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.EvaluationType;
import io.promptforge.schema.type.PromptStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Editing and deleting prompts. */
class PromptChangesTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final PromptRepository prompts = fixture.tenant().prompts();
    private final UUID project = fixture.project().id();
    private final ResolvedPrompt created = prompts.create(
            NewPrompt.of(project, "Greeting").description("Says hello").category("support"),
            NewPromptVersion.of("Hello"));
    private final UUID id = created.prompt().id();

    @Test
    void anEditChangesTheNamedFieldsAndNoOthers() {
        Prompt before = created.prompt();

        Prompt renamed = prompts.update(id, PromptChanges.none().name("Welcome"));

        assertThat(renamed.name()).isEqualTo("Welcome");
        assertThat(renamed.updatedAt()).isAfter(before.updatedAt());
        assertThat(renamed)
                .usingRecursiveComparison()
                .ignoringFields("name", "updatedAt")
                .isEqualTo(before);
        assertThat(prompts.find(id)).contains(renamed);
        assertThat(prompts.findByName(project, "Welcome")).contains(renamed);
        assertThat(prompts.findByName(project, "Greeting")).isEmpty();
    }

    @Test
    void everyFieldChangesAtOnceAndOptionalOnesAreCleared() {
        Prompt changed = prompts.update(
                id,
                PromptChanges.none()
                        .name("Welcome")
                        .description("Says welcome")
                        .category("sales")
                        .status(PromptStatus.ACTIVE));

        assertThat(changed.name()).isEqualTo("Welcome");
        assertThat(changed.description()).contains("Says welcome");
        assertThat(changed.category()).contains("sales");
        assertThat(changed.status()).isEqualTo(PromptStatus.ACTIVE);

        Prompt cleared =
                prompts.update(id, PromptChanges.none().description(null).category(null));

        assertThat(cleared.description()).isEmpty();
        assertThat(cleared.category()).isEmpty();
        assertThat(cleared.updatedAt()).isAfter(changed.updatedAt());
    }

    @Test
    void noChangeChangesNothing() {
        assertThat(prompts.update(id, PromptChanges.none())).isEqualTo(created.prompt());
        assertThat(prompts.find(id)).contains(created.prompt());
    }

    @Test
    void anEditMadeFromAnOlderStateIsAConflictAndChangesNothing() {
        Instant seen = created.prompt().updatedAt();
        Prompt edited =
                prompts.update(id, PromptChanges.none().category("sales").ifUnchangedSince(seen));

        assertThatThrownBy(
                        () -> prompts.update(id, PromptChanges.none().name("x").ifUnchangedSince(seen)))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> prompts.update(id, PromptChanges.none().ifUnchangedSince(seen)))
                .isInstanceOf(ConflictException.class);
        assertThat(prompts.find(id)).contains(edited);
        assertThat(prompts.update(id, PromptChanges.none().name("x").ifUnchangedSince(edited.updatedAt()))
                        .name())
                .isEqualTo("x");
    }

    @Test
    void aCommitAndAnotherCurrentVersionAreChangesToo() {
        PromptChanges rename = PromptChanges.none().name("x");
        prompts.commit(id, NewPromptVersion.of("Second"));
        Prompt committed = prompts.find(id).orElseThrow();
        Prompt served = prompts.makeCurrent(id, 2);

        for (Prompt seen : List.of(created.prompt(), committed)) {
            assertThatThrownBy(() -> prompts.update(id, rename.ifUnchangedSince(seen.updatedAt())))
                    .isInstanceOf(ConflictException.class);
        }
        assertThat(prompts.update(id, rename.ifUnchangedSince(served.updatedAt()))
                        .name())
                .isEqualTo("x");
    }

    @Test
    void anEditIsAValueThatAppliesWhatIsPresentAndShowsNoValues() {
        PromptChanges none = PromptChanges.none();
        PromptChanges renamed = none.name("secret");

        assertThat(none.ifPresent("secret", PromptChanges::name))
                .isEqualTo(renamed)
                .hasSameHashCodeAs(renamed);
        assertThat(none.<String>ifPresent(null, PromptChanges::name)).isEqualTo(none);
        assertThat(renamed).isNotEqualTo(none).isNotEqualTo(none.name("other")).hasToString("PromptChanges[name]");
        assertThat(renamed.ifUnchangedSince(TestTenant.NOON)).isNotEqualTo(renamed);
    }

    @Test
    void anArchivedPromptIsStillServed() {
        Prompt archived = prompts.update(id, PromptChanges.none().status(PromptStatus.ARCHIVED));

        assertThat(prompts.resolve(project, "Greeting")).contains(new ResolvedPrompt(archived, created.version()));
    }

    @Test
    void aTakenNameIsBlamed() {
        prompts.create(NewPrompt.of(project, "Farewell"), NewPromptVersion.of("Bye"));

        assertThatThrownBy(() -> prompts.update(id, PromptChanges.none().name("Farewell")))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("name"));
    }

    @Test
    void aValueThatIsNotAcceptedIsBlamedOnItsField() {
        PromptChanges none = PromptChanges.none();

        blames("name", () -> none.name(" "));
        blames("name", () -> prompts.update(id, none.name("x".repeat(201))));
        blames("description", () -> none.description("\0"));
        blames("description", () -> prompts.update(id, none.description("x".repeat(4_001))));
        blames("category", () -> prompts.update(id, none.category(" ")));
        blames("category", () -> prompts.update(id, none.category("x".repeat(101))));
        assertThat(prompts.find(id)).contains(created.prompt());
    }

    @Test
    void aPromptOfAnotherTenantIsNeitherEditedNorDeleted() {
        TestTenant others = DATABASE.newTenant();
        ResolvedPrompt their = others.prompt(others.project().id());

        for (UUID unknown : List.of(their.prompt().id(), UUID.randomUUID())) {
            assertThatThrownBy(
                            () -> prompts.update(unknown, PromptChanges.none().name("x")))
                    .isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> prompts.update(unknown, PromptChanges.none()))
                    .isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> prompts.delete(unknown)).isInstanceOf(NotFoundException.class);
        }
        assertThat(prompts.findByName(their.prompt().projectId(), their.prompt().name()))
                .isEmpty();
        assertThat(others.tenant().prompts().find(their.prompt().id())).contains(their.prompt());
    }

    @Test
    void aCallersTransactionGoesOnAfterARefusedEdit() {
        fixture.tenant().transaction(tx -> {
            blames("name", () -> tx.prompts().update(id, PromptChanges.none().name("x".repeat(201))));
            assertThatThrownBy(() -> tx.prompts().delete(UUID.randomUUID())).isInstanceOf(NotFoundException.class);
            return tx.prompts().update(id, PromptChanges.none().name("Welcome"));
        });

        assertThat(prompts.findByName(project, "Welcome")).isPresent();
    }

    @Test
    void aPromptIsDeletedWithItsVersionsAndDeploymentsAndOtherRowsLoseTheReference() {
        prompts.commit(id, NewPromptVersion.of("Second"));
        prompts.makeCurrent(id, 2);
        prompts.deploy(id, 1, "production", null);
        prompts.deploy(id, 2, "production", null);
        UUID version = created.version().id();
        Evaluation evaluation = fixture.tenant()
                .evaluations()
                .create(NewEvaluation.of(project, newName("evaluation"), EvaluationType.ACCURACY)
                        .promptId(id)
                        .promptVersionId(version));
        UUID trace = UUID.randomUUID();
        fixture.tenant()
                .traces()
                .record(List.of(TestTenant.newTrace(trace, project).promptVersionId(version)));
        ResolvedPrompt other = fixture.prompt(project);

        prompts.delete(id);

        assertThat(prompts.find(id)).isEmpty();
        assertThat(prompts.findVersion(version)).isEmpty();
        assertThat(prompts.versions(id, PageRequest.first()).items()).isEmpty();
        assertThat(prompts.deploymentHistory(id, PageRequest.first()).items()).isEmpty();
        Evaluation kept = fixture.tenant().evaluations().find(evaluation.id()).orElseThrow();
        assertThat(kept.promptId()).isEmpty();
        assertThat(kept.promptVersionId()).isEmpty();
        assertThat(fixture.tenant().traces().find(trace).orElseThrow().promptVersionId())
                .isEmpty();
        assertThat(prompts.find(other.prompt().id())).contains(other.prompt());
        assertThat(prompts.create(NewPrompt.of(project, "Greeting"), NewPromptVersion.of("Hello")))
                .isNotNull();
    }

    private static void blames(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(FieldException.class, e -> assertThat(e.field())
                .isEqualTo(field));
    }
}
