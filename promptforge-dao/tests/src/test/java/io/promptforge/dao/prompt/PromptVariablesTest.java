package io.promptforge.dao.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptVariablesTest {

    @ParameterizedTest
    @CsvSource({
        "Hello {{name}}!, name",
        "{{ spaced }}, spaced",
        "{{{raw}}}, raw",
        "{{user.first-name_2}}, user.first-name_2",
        "{{Straße}}, Straße",
        "{{_}}, _",
        "{{a}}{{b}}, a|b",
        "{{b}} {{a}} {{b}}, b|a"
    })
    void aNameInDoubleBracesIsAVariable(String text, String names) {
        assertThat(PromptVariables.in(text)).containsExactly(names.split("\\|"));
    }

    @Test
    void whiteSpaceInsideTheBracesMayBreakTheLine() {
        assertThat(PromptVariables.in("{{\n\tname\r\n}}")).containsExactly("name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{name}",
                "{{}}",
                "{{ }}",
                "{{name}",
                "{{#each items}}{{/each}}",
                "{{> partial}}",
                "{{! remark}}",
                "{{a b}}",
                "{{a + b}}",
                "{{.}}",
                "{{-a}}",
                "{ {name} }"
            })
    void whatIsElseInBracesIsText(String text) {
        assertThat(PromptVariables.in(text)).isEmpty();
    }

    @Test
    void aNameHasAtMostTwoHundredCharacters() {
        String longest = "x".repeat(200);

        assertThat(PromptVariables.in("{{" + longest + "}}")).containsExactly(longest);
        assertThat(PromptVariables.in("{{" + longest + "x}}")).isEmpty();
    }

    @Test
    void theTemplatesVariablesComeBeforeTheSystemMessages() {
        NewPromptVersion version = NewPromptVersion.of("{{a}} {{b}}").systemMessage("{{c}} {{a}}");

        assertThat(PromptVariables.of(version).used()).containsExactly("a", "b", "c");
    }

    @Test
    void withoutPropertiesNothingIsDeclaredAndEveryNameIsOpen() {
        NewPromptVersion empty = NewPromptVersion.of("{{a}}");
        NewPromptVersion other = empty.variables(Json.parse("{\"type\":\"object\",\"required\":[\"b\"]}"));

        assertThat(PromptVariables.of(empty).declared()).isEmpty();
        assertThat(PromptVariables.of(empty).undeclared()).isEmpty();
        assertThat(PromptVariables.of(empty).unused()).isEmpty();
        assertThat(PromptVariables.of(other).undeclared()).isEmpty();
    }

    @Test
    void whatIsUsedButNotDeclaredAndTheOtherWayRoundIsToldApart() {
        PromptVariables variables =
                PromptVariables.of(declaring("a", "c").template("{{a}} {{b}}").systemMessage("{{d}}"));

        assertThat(variables.declared()).contains(List.of("a", "c"));
        assertThat(variables.undeclared()).containsExactly("b", "d");
        assertThat(variables.unused()).containsExactly("c");
    }

    @Test
    void emptyPropertiesDeclareThatThereAreNoVariables() {
        assertThat(PromptVariables.of(declaring().template("{{a}}")).undeclared())
                .containsExactly("a");
    }

    @Test
    void aNameWithDotsReachesIntoADeclaredVariable() {
        PromptVariables variables =
                PromptVariables.of(declaring("user", "a.b").template("{{user.name}} {{a.b.c}} {{a.c}} {{username}}"));

        assertThat(variables.undeclared()).containsExactly("a.c", "username");
        assertThat(variables.unused()).isEmpty();
    }

    @Test
    void manyUndeclaredNamesAreNotAllListed() {
        String template =
                IntStream.range(0, 500).mapToObj(n -> "{{v" + n + "}}").collect(Collectors.joining());

        assertThatThrownBy(() -> PromptVariables.requireDeclared(declaring().template(template)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("template"))
                .hasMessageContaining("v0, v1, ")
                .hasMessageContaining("and 490 more")
                .hasMessageNotContaining("v10");
    }

    @Test
    void aHostileTextIsReadInOneGo() {
        String braces = "{{".repeat(250_000);
        String spaces = "{{" + " ".repeat(500_000);
        String dots = "{{a" + ".".repeat(500_000) + "}}";

        assertThat(PromptVariables.in(braces)).isEmpty();
        assertThat(PromptVariables.in(spaces)).isEmpty();
        assertThat(PromptVariables.of(declaring().template(dots)).undeclared()).isEmpty();
    }

    private static NewPromptVersion declaring(String... names) {
        String properties =
                List.of(names).stream().map(name -> "\"" + name + "\":{}").collect(Collectors.joining(","));
        return NewPromptVersion.of("Hello").variables(Json.parse("{\"properties\":{" + properties + "}}"));
    }
}
