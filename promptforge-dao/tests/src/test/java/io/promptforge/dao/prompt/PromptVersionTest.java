package io.promptforge.dao.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.Counting;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import io.promptforge.schema.type.TemplateFormat;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The history of a prompt, and which of its versions is the current one. */
class PromptVersionTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final PromptRepository prompts = fixture.tenant().prompts();
    private final ResolvedPrompt first = fixture.prompt(fixture.project().id());
    private final UUID id = first.prompt().id();

    @Test
    void aCommitAddsTheNextVersionAndDoesNotChangeTheServedOne() {
        UUID author = fixture.user().id();
        Commit commit = prompts.commit(
                id,
                1,
                NewPromptVersion.of("Hi {{name}}")
                        .systemMessage("Be polite")
                        .variables(Json.parse("{\"properties\":{\"name\":{}}}"))
                        .modelConfiguration(Json.parse("{\"temperature\":0.2}"))
                        .tags("warm")
                        .commitMessage("shorter")
                        .createdBy(author));

        assertThat(commit.isNew()).isTrue();
        PromptVersion version = commit.version();
        assertThat(version.versionNumber()).isEqualTo(2);
        assertThat(version.promptId()).isEqualTo(id);
        assertThat(version.template()).isEqualTo("Hi {{name}}");
        assertThat(version.systemMessage()).contains("Be polite");
        assertThat(version.modelConfiguration()).isEqualTo(Json.parse("{\"temperature\":0.2}"));
        assertThat(version.tags()).containsExactly("warm");
        assertThat(version.commitMessage()).contains("shorter");
        assertThat(version.createdBy()).contains(author);
        assertThat(prompts.findVersion(version.id())).contains(version);
        assertThat(prompts.findVersion(id, 2)).contains(version);
        Prompt prompt = prompts.find(id).orElseThrow();
        assertThat(prompt.latestVersionNumber()).isEqualTo(2);
        assertThat(prompt.updatedAt()).isAfter(first.prompt().updatedAt());
        assertThat(prompt.currentVersionId()).contains(first.version().id());
        assertThat(prompts.resolve(prompt.projectId(), prompt.name())
                        .orElseThrow()
                        .version())
                .isEqualTo(first.version());
    }

    @Test
    void aCommitThatExpectsAnOlderHeadIsAConflict() {
        prompts.commit(id, 1, NewPromptVersion.of("Second"));

        assertThatThrownBy(() -> prompts.commit(id, 1, NewPromptVersion.of("Other")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("is 2, not 1");
        assertThatThrownBy(() -> prompts.commit(id, 1, NewPromptVersion.of("Second")))
                .as("equal content does not hide the commit in between")
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> prompts.commit(id, 3, NewPromptVersion.of("Other")))
                .isInstanceOf(ConflictException.class);
        assertThat(prompts.find(id).orElseThrow().latestVersionNumber()).isEqualTo(2);
    }

    @Test
    void contentEqualToTheHeadIsNotCommittedAgain() {
        NewPromptVersion content = NewPromptVersion.of("Second")
                .variables(Json.parse("{\"a\":1,\"b\":2}"))
                .tags("t", "u")
                .commitMessage("second");
        PromptVersion second = prompts.commit(id, content).version();
        Prompt before = prompts.find(id).orElseThrow();

        NewPromptVersion same = content.variables(Json.parse("{ \"a\" : 1, \"b\" : 2 }"))
                .tags("u", "t")
                .commitMessage("again")
                .createdBy(fixture.user().id());

        assertThat(prompts.commit(id, same)).isEqualTo(new Commit(second, false, List.of()));
        assertThat(prompts.commit(id, 2, same)).isEqualTo(new Commit(second, false, List.of()));
        assertThat(prompts.find(id)).contains(before);
    }

    @Test
    void anyDifferenceIsCommitted() {
        NewPromptVersion content = NewPromptVersion.of("Second").tags("t");
        prompts.commit(id, content);

        assertThat(prompts.commit(id, content.templateFormat(TemplateFormat.PLAIN))
                        .isNew())
                .isTrue();
        assertThat(prompts.commit(id, content.tools(Json.parse("[{}]"))).isNew())
                .isTrue();
        assertThat(prompts.commit(id, content.responseFormat(Json.parse("{}"))).isNew())
                .isTrue();
        assertThat(prompts.commit(id, content.systemMessage("S")).isNew()).isTrue();
        assertThat(prompts.commit(id, content.variables(Json.parse("{\"a\":1}")))
                        .isNew())
                .isTrue();
        assertThat(prompts.commit(id, content.modelConfiguration(Json.parse("{\"a\":1}")))
                        .isNew())
                .isTrue();
        assertThat(prompts.commit(id, content).isNew())
                .as("content of an older version is new again")
                .isTrue();
        assertThat(prompts.commit(id, content.tags("t", "u")).isNew()).isTrue();
        assertThat(prompts.commit(id, content.tags()).isNew()).isTrue();
        assertThat(prompts.find(id).orElseThrow().latestVersionNumber()).isEqualTo(11);
    }

    @Test
    void variablesThatAreNotDeclaredAreNamed() {
        NewPromptVersion declaring =
                NewPromptVersion.of("{{name}}").variables(Json.parse("{\"properties\":{\"name\":{},\"unused\":{}}}"));

        assertThat(prompts.commit(id, declaring).isNew()).isTrue();
        assertThatThrownBy(() -> prompts.commit(id, declaring.template("{{name}} {{nmae}} {{topic}}")))
                .isInstanceOfSatisfying(InvalidValueException.class, e -> {
                    assertThat(e.field()).isEqualTo("messages");
                    assertThat(e.path()).contains("messages[0]");
                })
                .hasMessageContaining("nmae, topic");
        assertThatThrownBy(() ->
                        prompts.commit(id, declaring.systemMessage("Be brief").template("{{topic}}")))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.path()).contains("messages[1]"));
        assertThatThrownBy(() -> prompts.create(
                        NewPrompt.of(first.prompt().projectId(), "other"), declaring.template("{{topic}}")))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("messages"));
        assertThat(prompts.find(id).orElseThrow().latestVersionNumber()).isEqualTo(2);
    }

    @Test
    void aRefusedCommitNamesItsFieldAndUsesUpNoNumber() {
        NewPromptVersion content = NewPromptVersion.of("Second");
        Json array = Json.parse("[1]");
        Json large = Json.of("x".repeat(300_000));
        Json noise = Json.parse("{\"a\":" + large + "}");

        blames("messages", () -> prompts.commit(id, content.template("é".repeat(1_048_577))));
        blames("messages", () -> prompts.commit(id, content.template(" ")));
        blames("tools", () -> prompts.commit(id, content.tools(Json.emptyObject())));
        blames("tools", () -> prompts.commit(id, content.tools(Json.of(List.of(large)))));
        blames("response_format", () -> prompts.commit(id, content.responseFormat(array)));
        blames("response_format", () -> prompts.commit(id, content.responseFormat(noise)));
        blames("variables", () -> prompts.commit(id, content.variables(array)));
        blames("variables", () -> prompts.commit(id, content.variables(noise)));
        blames("model_configuration", () -> prompts.commit(id, content.modelConfiguration(array)));
        blames("model_configuration", () -> prompts.commit(id, content.modelConfiguration(noise)));
        blames(
                "tags",
                () -> prompts.commit(
                        id, content.tags(Collections.nCopies(51, "tag").toArray(String[]::new))));
        blames("commit_message", () -> prompts.commit(id, content.commitMessage("x".repeat(4_001))));
        blames("created_by", () -> prompts.commit(id, content.createdBy(UUID.randomUUID())));
        assertThat(prompts.commit(id, content).version().versionNumber()).isEqualTo(2);
    }

    @Test
    void textThatPostgresqlCannotStoreIsRefusedByTheMethodThatSetsIt() {
        NewPromptVersion content = NewPromptVersion.of("Second");

        blames("template", () -> content.template("a\0b"));
        blames("system_message", () -> content.systemMessage("\ud800"));
        blames("tags", () -> content.tags("a\0b"));
        blames("commit_message", () -> content.commitMessage("\0"));
    }

    @Test
    void aRollbackCommitsTheContentOfAnOlderVersion() {
        UUID author = fixture.user().id();
        PromptVersion second = prompts.commit(
                        id,
                        NewPromptVersion.of("Second {{a}}")
                                .systemMessage("S")
                                .variables(Json.parse("{\"properties\":{\"a\":{}}}"))
                                .modelConfiguration(Json.parse("{\"temperature\":1}"))
                                .tags("t"))
                .version();
        prompts.commit(id, NewPromptVersion.of("Third"));

        Commit commit = prompts.rollback(id, 2, author);

        assertThat(commit.isNew()).isTrue();
        assertThat(commit.version().versionNumber()).isEqualTo(4);
        assertThat(commit.version().contentHash()).isEqualTo(second.contentHash());
        assertThat(commit.version().tags()).containsExactly("t");
        assertThat(commit.version().commitMessage()).contains("Roll back to version 2");
        assertThat(commit.version().createdBy()).contains(author);
        assertThat(prompts.diff(id, 2, 4).isEmpty()).isTrue();
        assertThat(prompts.find(id).orElseThrow().currentVersionId())
                .contains(first.version().id());
    }

    @Test
    void aRollbackToContentEqualToTheHeadAddsNoVersion() {
        prompts.commit(id, NewPromptVersion.of("Second"));
        PromptVersion third = prompts.rollback(id, 1, null).version();

        assertThat(third.createdBy()).isEmpty();
        assertThat(prompts.rollback(id, 1, null)).isEqualTo(new Commit(third, false, List.of()));
        assertThat(prompts.rollback(id, 3, null)).isEqualTo(new Commit(third, false, List.of()));
    }

    @Test
    void aVersionIsMadeCurrent() {
        PromptVersion second = prompts.commit(id, NewPromptVersion.of("Second")).version();
        Prompt before = prompts.find(id).orElseThrow();

        Prompt prompt = prompts.makeCurrent(id, 2);

        assertThat(prompt.currentVersionId()).contains(second.id());
        assertThat(prompt.updatedAt()).isAfter(before.updatedAt());
        assertThat(prompts.resolve(prompt.projectId(), prompt.name())).contains(new ResolvedPrompt(prompt, second));
        assertThat(prompts.makeCurrent(id, 2)).isEqualTo(prompt);
        assertThat(prompts.find(id)).contains(prompt);
        assertThat(prompts.makeCurrent(id, 1).currentVersionId())
                .contains(first.version().id());
    }

    @Test
    void versionsAreListedNewestFirst() {
        for (int n = 2; n <= 7; n++) {
            prompts.commit(id, NewPromptVersion.of("Version " + n));
        }
        fixture.prompt(first.prompt().projectId());

        assertThat(Pages.all(3, page -> prompts.versions(id, page)))
                .extracting(PromptVersion::versionNumber)
                .containsExactly(7, 6, 5, 4, 3, 2, 1);
        assertThat(prompts.versions(id, PageRequest.first(2).counting(Counting.EXACT))
                        .count()
                        .orElseThrow()
                        .items())
                .isEqualTo(7);
        assertThat(prompts.versions(UUID.randomUUID(), PageRequest.first()).items())
                .isEmpty();
    }

    @Test
    void twoVersionsAreCompared() {
        prompts.commit(
                id,
                NewPromptVersion.of("Hello\nWorld")
                        .systemMessage("S")
                        .variables(Json.parse("{\"properties\":{\"a\":{}}}"))
                        .modelConfiguration(Json.parse("{\"temperature\":0.5}")));
        prompts.commit(id, NewPromptVersion.of("Hello").modelConfiguration(Json.parse("{\"temperature\":1}")));

        PromptDiff diff = prompts.diff(id, 2, 3);

        assertThat(diff.from()).isEqualTo(2);
        assertThat(diff.to()).isEqualTo(3);
        assertThat(diff.messages())
                .containsExactly(
                        new MessageDiff(
                                Optional.of(PromptMessage.system("S")), Optional.empty(), TextDiff.between("S", "")),
                        new MessageDiff(
                                Optional.of(PromptMessage.user("Hello\nWorld")),
                                Optional.of(PromptMessage.user("Hello")),
                                TextDiff.between("Hello\nWorld", "Hello")));
        assertThat(diff.variables()).extracting(JsonChange::path).containsExactly("/properties");
        assertThat(diff.modelConfiguration()).extracting(JsonChange::path).containsExactly("/temperature");
        assertThat(diff.isEmpty()).isFalse();
        assertThat(prompts.diff(id, 3, 2).messages())
                .extracting(MessageDiff::text)
                .containsExactly(TextDiff.between("", "S"), TextDiff.between("Hello", "Hello\nWorld"));
        assertThat(prompts.diff(id, 2, 2).isEmpty()).isTrue();
    }

    @Test
    void anUnknownPromptOrVersionIsNotFound() {
        TestTenant others = DATABASE.newTenant();
        ResolvedPrompt their = others.prompt(others.project().id());
        UUID theirs = their.prompt().id();
        for (UUID unknown : List.of(UUID.randomUUID(), theirs)) {
            notFound(() -> prompts.commit(unknown, NewPromptVersion.of("x")));
            notFound(() -> prompts.commit(unknown, 1, NewPromptVersion.of("x")));
            notFound(() -> prompts.rollback(unknown, 1, null));
            notFound(() -> prompts.makeCurrent(unknown, 1));
            notFound(() -> prompts.diff(unknown, 1, 1));
            assertThat(prompts.findVersion(unknown, 1)).isEmpty();
            assertThat(prompts.versions(unknown, PageRequest.first()).items()).isEmpty();
        }
        notFound(() -> prompts.rollback(id, 2, null));
        notFound(() -> prompts.makeCurrent(id, 0));
        notFound(() -> prompts.diff(id, 1, 2));
        notFound(() -> prompts.diff(id, -1, 1));
        assertThat(prompts.findVersion(id, 2)).isEmpty();
        assertThat(prompts.findVersion(id)).isEmpty();
        assertThat(prompts.findVersion(their.version().id())).isEmpty();
        assertThat(others.tenant().prompts().find(theirs)).contains(their.prompt());
    }

    @Test
    void aCallersTransactionGoesOnAfterARefusedCommit() {
        UUID committed = fixture.tenant().transaction(tx -> {
            blames("created_by", () -> tx.prompts()
                    .commit(id, NewPromptVersion.of("x").createdBy(UUID.randomUUID())));
            assertThatThrownBy(() -> tx.prompts().commit(id, 7, NewPromptVersion.of("x")))
                    .isInstanceOf(ConflictException.class);
            return tx.prompts()
                    .commit(id, NewPromptVersion.of("Second"))
                    .version()
                    .id();
        });

        assertThat(prompts.findVersion(id, 2).orElseThrow().id()).isEqualTo(committed);
    }

    private static void notFound(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NotFoundException.class);
    }

    private static void blames(String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfAny(InvalidValueException.class, InvalidReferenceException.class)
                .isInstanceOfSatisfying(
                        FieldException.class, e -> assertThat(e.field()).isEqualTo(field));
    }
}
