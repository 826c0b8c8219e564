package io.promptforge.dao.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.TemplateFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The removal of a version's content. */
class PromptRedactionTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final String NOTE = "a key leaked";

    private final TestTenant fixture = DATABASE.newTenant();
    private final PromptRepository prompts = fixture.tenant().prompts();
    private final ResolvedPrompt first = fixture.prompt(fixture.project().id());
    private final UUID id = first.prompt().id();
    private final UUID user = fixture.user().id();

    private final NewPromptVersion content = NewPromptVersion.of("The key is sk-123.")
            .systemMessage("sk-123")
            .tools(Json.parse("[{\"key\":\"sk-123\"}]"))
            .responseFormat(Json.parse("{\"key\":\"sk-123\"}"))
            .variables(Json.parse("{\"description\":\"sk-123\"}"))
            .modelConfiguration(Json.parse("{\"key\":\"sk-123\"}"))
            .tags("leak")
            .commitMessage("Add the key")
            .createdBy(user);

    @Test
    void theContentIsReplacedAndTheHistoryStays() {
        PromptVersion leaked = prompts.commit(id, content).version();
        prompts.commit(id, NewPromptVersion.of("Third"));

        PromptVersion redacted = prompts.redactVersion(id, 2, NOTE, user);

        assertThat(redacted.messages()).containsExactly(PromptMessage.user(NOTE));
        assertThat(redacted.templateFormat()).isEqualTo(TemplateFormat.PLAIN);
        assertThat(redacted.responseFormat()).isEmpty();
        assertThat(redacted.tags()).isEqualTo(leaked.tags());
        assertThat(redacted.commitMessage()).isEqualTo(leaked.commitMessage());
        assertThat(redacted.contentHash()).isEqualTo(leaked.contentHash());
        assertThat(redacted.createdBy()).contains(user);
        assertThat(redacted.createdAt()).isEqualTo(leaked.createdAt());
        PromptRedaction redaction = redacted.redaction().orElseThrow();
        assertThat(redaction.by()).contains(user);
        assertThat(redaction.note()).isEqualTo(NOTE);
        assertThat(redaction.at()).isAfterOrEqualTo(leaked.createdAt());
        assertThat(prompts.findVersion(id, 2)).contains(redacted);
        assertThat(prompts.find(id).orElseThrow().latestVersionNumber()).isEqualTo(3);
        assertThat(DATABASE.query("SELECT v::text FROM promptforge.prompt_versions v WHERE prompt_id = '" + id + "'"))
                .noneMatch(row -> row.contains("sk-123"));
    }

    @Test
    void aRedactedVersionIsNotServedAgain() {
        prompts.commit(id, content);
        prompts.makeCurrent(id, 2);
        prompts.deploy(id, 2, "production", null);

        PromptVersion redacted = prompts.redactVersion(id, 2, NOTE, null);

        Prompt prompt = prompts.find(id).orElseThrow();
        assertThat(prompts.resolve(prompt.projectId(), prompt.name(), "production"))
                .contains(new ResolvedPrompt(prompt, redacted));
        refusesVersion(() -> redacted.render(Map.of()));
        refusesVersion(() -> prompts.makeCurrent(id, 2));
        refusesVersion(() -> prompts.deploy(id, 2, "staging", null));
        refusesVersion(() -> prompts.rollback(id, 2, null));
        assertThat(prompts.diff(id, 1, 2).messages()).isNotEmpty();
    }

    @Test
    void theContentOfARedactedVersionIsNewWhenItIsCommittedAgain() {
        PromptVersion leaked = prompts.commit(id, content).version();
        prompts.redactVersion(id, 2, NOTE, null);

        Commit again = prompts.commit(id, content);

        assertThat(again.isNew()).isTrue();
        assertThat(again.version().contentHash()).isEqualTo(leaked.contentHash());
    }

    @Test
    void theFirstRedactionStays() {
        PromptVersion redacted = prompts.redactVersion(id, 1, NOTE, user);

        assertThat(prompts.redactVersion(id, 1, "another note", null)).isEqualTo(redacted);
        assertThat(redacted.redaction().flatMap(PromptRedaction::by)).isEqualTo(Optional.of(user));
    }

    @Test
    void aRefusedRedactionChangesNothing() {
        TestTenant others = DATABASE.newTenant();
        ResolvedPrompt their = others.prompt(others.project().id());

        refuses("redaction_note", () -> prompts.redactVersion(id, 1, " ", null));
        refuses("redaction_note", () -> prompts.redactVersion(id, 1, "x".repeat(1_001), null));
        refuses("redacted_by", () -> prompts.redactVersion(id, 1, NOTE, UUID.randomUUID()));
        refuses(
                "redacted_by",
                () -> prompts.redactVersion(id, 1, NOTE, others.user().id()));
        assertThatThrownBy(() -> prompts.redactVersion(id, 7, NOTE, null)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> prompts.redactVersion(their.prompt().id(), 1, NOTE, null))
                .isInstanceOf(NotFoundException.class);
        assertThat(prompts.findVersion(id, 1)).contains(first.version());
        assertThat(others.tenant().prompts().findVersion(their.version().id())).contains(their.version());
    }

    private static void refuses(String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfAny(InvalidValueException.class, InvalidReferenceException.class)
                .isInstanceOfSatisfying(
                        FieldException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    private static void refusesVersion(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("version_number"))
                .hasMessageContaining("redacted");
    }
}
