package io.promptforge.dao.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.PromptStatus;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PromptRepositoryTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final PromptRepository prompts = fixture.tenant().prompts();
    private final UUID project = fixture.project().id();

    @Test
    void aCreatedPromptIsFoundWithItsValues() {
        UUID author = fixture.user().id();
        Json schema = Json.parse("{\"type\":\"object\",\"required\":[\"name\"]}");

        ResolvedPrompt created = prompts.create(
                NewPrompt.of(project, "Greeting")
                        .description("Says hello")
                        .category("support")
                        .status(PromptStatus.ACTIVE)
                        .createdBy(author),
                NewPromptVersion.of("Hello {{name}} 👋\r\n")
                        .systemMessage("Be polite")
                        .variables(schema)
                        .modelConfiguration(Json.parse("{\"temperature\":0.2}"))
                        .tags("warm", "kurz, bündig", "quote \" backslash \\ {brace}")
                        .commitMessage("first")
                        .createdBy(author));

        Prompt prompt = created.prompt();
        assertThat(prompt.projectId()).isEqualTo(project);
        assertThat(prompt.name()).isEqualTo("Greeting");
        assertThat(prompt.description()).contains("Says hello");
        assertThat(prompt.category()).contains("support");
        assertThat(prompt.status()).isEqualTo(PromptStatus.ACTIVE);
        assertThat(prompt.createdBy()).contains(author);
        PromptVersion version = created.version();
        assertThat(version.promptId()).isEqualTo(prompt.id());
        assertThat(version.template()).isEqualTo("Hello {{name}} 👋\r\n");
        assertThat(version.systemMessage()).contains("Be polite");
        assertThat(version.variables()).isEqualTo(schema);
        assertThat(version.modelConfiguration()).isEqualTo(Json.parse("{\"temperature\":0.2}"));
        assertThat(version.tags()).containsExactly("warm", "kurz, bündig", "quote \" backslash \\ {brace}");
        assertThat(version.commitMessage()).contains("first");
        assertThat(version.createdBy()).contains(author);
        assertThat(prompts.find(prompt.id())).contains(prompt);
        assertThat(prompts.resolve(project, "Greeting")).contains(created);
    }

    @Test
    void theFirstVersionIsNumberOneAndTheCurrentOne() {
        ResolvedPrompt created = prompts.create(NewPrompt.of(project, "Greeting"), NewPromptVersion.of("Hello"));

        assertThat(created.version().versionNumber()).isEqualTo(1);
        assertThat(created.prompt().latestVersionNumber()).isEqualTo(1);
        assertThat(created.prompt().currentVersionId())
                .contains(created.version().id());
        assertThat(created.prompt().status()).isEqualTo(PromptStatus.DRAFT);
        assertThat(created.version().systemMessage()).isEmpty();
        assertThat(created.version().tags()).isEmpty();
    }

    @Test
    void contentIsHashedAsItIsWritten() {
        NewPromptVersion content = NewPromptVersion.of("Hello").variables(Json.parse("{\"a\":1,\"b\":2}"));
        NewPromptVersion reordered = content.variables(Json.parse("{\"b\":2,\"a\":1}"));

        assertThat(hash(content)).isEqualTo(hash(content.tags("t"))).matches("[0-9a-f]{64}");
        assertThat(hash(content)).isNotEqualTo(hash(reordered));
        assertThat(hash(content)).isNotEqualTo(hash(NewPromptVersion.of("Hello")));
    }

    @Test
    void anUnknownPromptIsNotFound() {
        fixture.prompt(project);

        assertThat(prompts.find(UUID.randomUUID())).isEmpty();
        assertThat(prompts.resolve(project, "unknown")).isEmpty();
        assertThat(prompts.resolve(UUID.randomUUID(), "Greeting")).isEmpty();
    }

    @Test
    void aTakenNameIsBlamedButIsFreeInAnotherProject() {
        prompts.create(NewPrompt.of(project, "Greeting"), NewPromptVersion.of("Hello"));

        assertThatThrownBy(() -> prompts.create(NewPrompt.of(project, "Greeting"), NewPromptVersion.of("Hi")))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("name"));
        UUID other = fixture.project().id();
        assertThat(prompts.create(NewPrompt.of(other, "Greeting"), NewPromptVersion.of("Hi")))
                .isNotNull();
    }

    @Test
    void anUnknownProjectOrAuthorIsBlamed() {
        assertThatThrownBy(
                        () -> prompts.create(NewPrompt.of(UUID.randomUUID(), "Greeting"), NewPromptVersion.of("Hello")))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("project_id"));
        assertThatThrownBy(() -> prompts.create(
                        NewPrompt.of(project, "Greeting").createdBy(UUID.randomUUID()), NewPromptVersion.of("Hello")))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("created_by"));
    }

    @Test
    void aRefusedVersionLeavesNoPromptBehind() {
        NewPromptVersion tooLong = NewPromptVersion.of("x".repeat(2_097_152));

        assertThatThrownBy(() -> prompts.create(NewPrompt.of(project, "Greeting"), tooLong))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("messages"));
        assertThat(DATABASE.query("SELECT id FROM promptforge.prompts WHERE project_id = '" + project + "'"))
                .isEmpty();
    }

    @Test
    void moreThanFiftyTagsAreRefused() {
        String[] tags = Collections.nCopies(51, "tag").toArray(String[]::new);

        assertThatThrownBy(() -> prompts.create(
                        NewPrompt.of(project, "Greeting"),
                        NewPromptVersion.of("Hello").tags(tags)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("tags"));
    }

    @Test
    void aVersionWithoutMessagesAndABlankTagAreRefused() {
        assertThatThrownBy(() -> prompts.create(NewPrompt.of(project, "Greeting"), NewPromptVersion.of(" \n")))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("messages"));
        assertThatThrownBy(() -> NewPromptVersion.of("Hello").tags("ok", " "))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("tags"));
    }

    @Test
    void aNewPromptAndItsVersionAreValuesThatShowNoContent() {
        NewPrompt prompt = NewPrompt.of(project, "secret").category("secret");
        NewPromptVersion version = NewPromptVersion.of("secret").tags("secret");

        assertThat(prompt)
                .isEqualTo(NewPrompt.of(project, "secret").category("secret"))
                .isNotEqualTo(prompt.category("c"));
        assertThat(version)
                .isEqualTo(NewPromptVersion.of("secret").tags("secret"))
                .isNotEqualTo(version.tags());
        assertThat(prompt).hasSameHashCodeAs(NewPrompt.of(project, "secret").category("secret"));
        assertThat(version).hasSameHashCodeAs(NewPromptVersion.of("secret").tags("secret"));
        assertThat(List.of(prompt.toString(), version.toString()))
                .allSatisfy(text -> assertThat(text).contains("[").doesNotContain("secret"));
    }

    @Test
    void aVersionLikeAnotherHasItsContentAndTagsButNeitherMessageNorAuthor() {
        PromptVersion version = prompts.create(
                        NewPrompt.of(project, "Greeting"),
                        NewPromptVersion.of("Hello")
                                .systemMessage("Be polite")
                                .variables(Json.parse("{\"a\":1}"))
                                .modelConfiguration(Json.parse("{\"b\":2}"))
                                .tags("t")
                                .commitMessage("first")
                                .createdBy(fixture.user().id()))
                .version();

        PromptVersion copy = prompts.create(NewPrompt.of(project, "Copy"), NewPromptVersion.like(version))
                .version();

        assertThat(copy.contentHash()).isEqualTo(version.contentHash());
        assertThat(copy.tags()).isEqualTo(version.tags());
        assertThat(copy.commitMessage()).isEmpty();
        assertThat(copy.createdBy()).isEmpty();
    }

    @Test
    void nullMeansThatAnOptionalFieldHasNoValue() {
        ResolvedPrompt created = prompts.create(
                NewPrompt.of(project, "Greeting")
                        .description("d")
                        .description(null)
                        .category(null)
                        .createdBy(null),
                NewPromptVersion.of("Hello")
                        .systemMessage(null)
                        .commitMessage(null)
                        .createdBy(null));

        assertThat(created.prompt().description()).isEmpty();
        assertThat(created.prompt().category()).isEmpty();
        assertThat(created.prompt().createdBy()).isEmpty();
        assertThat(created.version().systemMessage()).isEmpty();
        assertThat(created.version().commitMessage()).isEmpty();
    }

    private String hash(NewPromptVersion version) {
        return prompts.create(NewPrompt.of(project, TestTenant.newName("prompt")), version)
                .version()
                .contentHash();
    }
}
