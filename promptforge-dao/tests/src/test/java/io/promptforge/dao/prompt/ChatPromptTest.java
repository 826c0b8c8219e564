package io.promptforge.dao.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.MissingVariablesException;
import io.promptforge.dao.error.TemplateSyntaxException;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.TemplateFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Versions that are lists of messages. */
class ChatPromptTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private static final Json TOOLS = Json.parse("""
            [{"type":"function","function":{"name":"search","parameters":{"type":"object","properties":{"query":{},"limit":{}}}}}]""");

    private static final NewPromptVersion CHAT = NewPromptVersion.of(
                    PromptMessage.system("Answer {{name}} briefly."),
                    PromptMessage.developer("Use the tools."),
                    ChatMessage.of(
                            MessageRole.USER,
                            List.of(
                                    new MessagePart.Text("What is on {{title}}?"),
                                    new MessagePart.Image("https://example.com/{{title}}.png", Optional.of("low")))),
                    ChatMessage.of(
                            MessageRole.ASSISTANT,
                            List.of(new MessagePart.ToolCall(
                                    "call_1", "search", Json.parse("{\"z\":1,\"a\":\"{{title}}\"}")))),
                    PromptMessage.toolResult("call_1", "{{title}}: a cat"),
                    PromptMessage.placeholder("history"),
                    PromptMessage.user("Thanks!"))
            .tools(TOOLS)
            .responseFormat(Json.parse("{\"properties\":{\"answer\":{},\"reasoning\":{}}}"));

    private final TestTenant fixture = DATABASE.newTenant();
    private final PromptRepository prompts = fixture.tenant().prompts();
    private final ResolvedPrompt first = fixture.prompt(fixture.project().id());
    private final UUID id = first.prompt().id();

    @Test
    void messagesOfAllKindsComeBackAsTheyWereWritten() {
        PromptVersion committed = commit(CHAT);

        PromptVersion found = prompts.findVersion(committed.id()).orElseThrow();

        assertThat(found).isEqualTo(committed);
        assertThat(found.messages()).isEqualTo(CHAT.messages());
        assertThat(found.tools().text()).isEqualTo(TOOLS.text());
        MessagePart.ToolCall call = (MessagePart.ToolCall)
                ((ChatMessage) found.messages().get(3)).parts().get(0);
        assertThat(call.arguments().text()).isEqualTo("{\"z\":1,\"a\":\"{{title}}\"}");
        assertThat(PromptMessage.fromJson(PromptMessage.toJson(found.messages())))
                .isEqualTo(found.messages());
    }

    @Test
    void aPromptMayHaveOnlyASystemMessage() {
        PromptVersion version = commit(NewPromptVersion.of("").systemMessage("Be brief"));

        assertThat(version.messages()).containsExactly(PromptMessage.system("Be brief"));
        assertThat(version.systemMessage()).contains("Be brief");
        assertThat(version.template()).isEmpty();
    }

    @Test
    void aSimplePromptIsOneMessage() {
        PromptVersion version = commit(NewPromptVersion.of("Hello {{name}}"));

        assertThat(version.messages()).containsExactly(PromptMessage.user("Hello {{name}}"));
        assertThat(version.render(Map.of("name", "Ada"))).containsExactly(PromptMessage.user("Hello Ada"));
    }

    @Test
    void aCommitThatChangesOnlyTheOrderOfKeysIsANewVersion() {
        NewPromptVersion content = NewPromptVersion.of("Hi")
                .modelConfiguration(Json.parse("{\"properties\":{\"answer\":{},\"reasoning\":{}}}"));
        NewPromptVersion swapped =
                content.modelConfiguration(Json.parse("{\"properties\":{\"reasoning\":{},\"answer\":{}}}"));
        PromptVersion before = commit(content);

        Commit commit = prompts.commit(id, swapped);

        assertThat(commit.isNew()).isTrue();
        assertThat(commit.version().contentHash()).isNotEqualTo(before.contentHash());
        assertThat(commit.version().modelConfiguration()).isEqualTo(before.modelConfiguration());
        assertThat(prompts.findVersion(commit.version().id())
                        .orElseThrow()
                        .modelConfiguration()
                        .text())
                .isEqualTo("{\"properties\":{\"reasoning\":{},\"answer\":{}}}");
        PromptDiff diff =
                prompts.diff(id, before.versionNumber(), commit.version().versionNumber());
        assertThat(diff.modelConfiguration()).isEmpty();
        assertThat(diff.reordered()).containsExactly("model_configuration");
        assertThat(diff.isEmpty()).isFalse();
        assertThat(prompts.commit(id, swapped).isNew()).isFalse();
    }

    @Test
    void renderFillsVariablesAndPlaceholdersOfAllMessages() {
        List<ChatMessage> history = List.of(PromptMessage.user("And {{this}}?"), PromptMessage.assistant("A dog."));

        List<ChatMessage> rendered =
                commit(CHAT).render(Map.of("name", "Ada", "title", "photo"), Map.of("history", history));

        assertThat(rendered)
                .containsExactly(
                        PromptMessage.system("Answer Ada briefly."),
                        PromptMessage.developer("Use the tools."),
                        ChatMessage.of(
                                MessageRole.USER,
                                List.of(
                                        new MessagePart.Text("What is on photo?"),
                                        new MessagePart.Image("https://example.com/photo.png", Optional.of("low")))),
                        (ChatMessage) CHAT.messages().get(3),
                        PromptMessage.toolResult("call_1", "photo: a cat"),
                        history.get(0),
                        history.get(1),
                        PromptMessage.user("Thanks!"));
    }

    @Test
    void renderSaysAllThatIsMissing() {
        PromptVersion version = commit(CHAT);

        assertThatThrownBy(() -> version.render(Map.of()))
                .isInstanceOfSatisfying(MissingVariablesException.class, e -> assertThat(e.names())
                        .containsExactly("name", "title", "history"));
        assertThatThrownBy(() -> version.render(Map.of("name", "Ada"), Map.of("history", List.of())))
                .isInstanceOfSatisfying(MissingVariablesException.class, e -> assertThat(e.names())
                        .containsExactly("title"));
    }

    @Test
    void renderTakesDefaultsFromTheSchemaAndLeavesOutWhatItDoesNotRequire() {
        PromptVersion version = commit(
                NewPromptVersion.of("{{name}}|{{tone}}|{{note}}")
                        .variables(
                                Json.parse(
                                        "{\"properties\":{\"name\":{},\"tone\":{\"default\":\"warm\"},\"note\":{}},\"required\":[\"name\"]}")));

        assertThat(version.render(Map.of("name", "Ada"))).containsExactly(PromptMessage.user("Ada|warm|"));
        assertThatThrownBy(() -> version.render(Map.of()))
                .isInstanceOfSatisfying(MissingVariablesException.class, e -> assertThat(e.names())
                        .containsExactly("name"));
    }

    @Test
    void aVersionIsRenderedInItsFormat() {
        String text = "{{#each items}}{{this}}{{/each}} {% for i in items %}{{ i }}{% endfor %} {items[0]}";
        Map<String, Object> values = Map.of("items", List.of("a", "b"));

        assertThat(rendered("{{#each items}}{{this}}{{/each}}", TemplateFormat.HANDLEBARS, values))
                .isEqualTo("ab");
        assertThat(rendered("{% for i in items %}{{ i }}{% endfor %}", TemplateFormat.JINJA, values))
                .isEqualTo("ab");
        assertThat(rendered("{{#items}}{{.}}{{/items}}", TemplateFormat.MUSTACHE, values))
                .isEqualTo("ab");
        assertThat(rendered("{items[0]} {{items}}", TemplateFormat.F_STRING, values))
                .isEqualTo("a {items}");
        assertThat(rendered(text, TemplateFormat.PLAIN, values)).isEqualTo(text);
    }

    private String rendered(String template, TemplateFormat format, Map<String, Object> values) {
        ResolvedPrompt resolved = new ResolvedPrompt(
                first.prompt(), commit(NewPromptVersion.of(template).templateFormat(format)));
        return resolved.render(values).get(0).text();
    }

    @Test
    void aTextThatIsNoTemplateOfTheFormatIsRefusedWithItsPlace() {
        NewPromptVersion broken = NewPromptVersion.of(PromptMessage.system("Hi"), PromptMessage.user("One\n {{#if a}}"))
                .templateFormat(TemplateFormat.HANDLEBARS);

        assertThatThrownBy(() -> prompts.commit(id, broken))
                .isInstanceOfSatisfying(TemplateSyntaxException.class, e -> {
                    assertThat(e.path()).contains("messages[1].parts[0]");
                    assertThat(e.line()).isEqualTo(2);
                    assertThat(e.column()).isEqualTo(2);
                });
        assertThat(prompts.commit(id, broken.variableCheck(VariableCheck.NONE)).isNew())
                .isTrue();
    }

    @Test
    void theCallerChoosesWhatUndeclaredVariablesDo() {
        NewPromptVersion undeclared =
                NewPromptVersion.of("{{nick}}").variables(Json.parse("{\"properties\":{\"name\":{}}}"));

        assertThatThrownBy(() -> prompts.commit(id, undeclared)).isInstanceOf(InvalidValueException.class);
        Commit reported = prompts.commit(id, undeclared.variableCheck(VariableCheck.REPORT));
        assertThat(reported.isNew()).isTrue();
        assertThat(reported.undeclared()).containsExactly("nick");
        assertThat(prompts.commit(id, undeclared.systemMessage("S").variableCheck(VariableCheck.NONE))
                        .undeclared())
                .isEmpty();
    }

    @Test
    void messagesOfAnotherFormAreRefusedWithTheirPlace() {
        assertThatThrownBy(() ->
                        PromptMessage.fromJson(Json.parse("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\"}]}]")))
                .isInstanceOfSatisfying(InvalidValueException.class, e -> {
                    assertThat(e.path()).contains("messages[0].parts[0]");
                    assertThat(e.field()).isEqualTo("text");
                });
        assertThatThrownBy(() -> PromptMessage.fromJson(Json.parse("[{\"role\":\"narrator\",\"parts\":[]}]")))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("role"));
        assertThatThrownBy(() -> PromptMessage.fromJson(Json.emptyObject())).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> ChatMessage.of(MessageRole.USER, List.of())).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> PromptMessage.user("\0")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void versionsAreComparedMessageByMessage() {
        commit(NewPromptVersion.of(
                PromptMessage.system("S"),
                PromptMessage.user("one"),
                PromptMessage.assistant("two"),
                PromptMessage.user("three")));
        commit(NewPromptVersion.of(
                PromptMessage.system("S"),
                PromptMessage.placeholder("history"),
                PromptMessage.user("ONE"),
                PromptMessage.user("three")));

        assertThat(prompts.diff(id, 2, 3).messages())
                .extracting(MessageDiff::before, MessageDiff::after)
                .containsExactly(
                        tuple(Optional.of(PromptMessage.system("S")), Optional.of(PromptMessage.system("S"))),
                        tuple(Optional.empty(), Optional.of(PromptMessage.placeholder("history"))),
                        tuple(Optional.of(PromptMessage.user("one")), Optional.of(PromptMessage.user("ONE"))),
                        tuple(Optional.of(PromptMessage.assistant("two")), Optional.empty()),
                        tuple(Optional.of(PromptMessage.user("three")), Optional.of(PromptMessage.user("three"))));
    }

    private PromptVersion commit(NewPromptVersion version) {
        return prompts.commit(id, version).version();
    }
}
