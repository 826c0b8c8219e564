package io.promptforge.dao.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptVariablesTest {

    @Test
    void theVariablesOfAllMessagesAreInTheOrderOfTheMessages() {
        NewPromptVersion version = NewPromptVersion.of("{{a}} {{b}}").systemMessage("{{c}} {{a}}");

        assertThat(PromptVariables.of(version).used()).containsExactly("c", "a", "b");
    }

    @Test
    void withoutPropertiesNothingIsDeclaredAndEveryNameIsOpen() {
        NewPromptVersion empty = NewPromptVersion.of("{{a}}");
        NewPromptVersion other = empty.variables(Json.parse("{\"type\":\"object\",\"required\":[\"b\"]}"));

        assertThat(PromptVariables.of(empty).undeclared()).isEmpty();
        assertThat(PromptVariables.of(empty).unused()).isEmpty();
        assertThat(PromptVariables.of(other).undeclared()).isEmpty();
    }

    @Test
    void whatIsUsedButNotDeclaredAndTheOtherWayRoundIsToldApart() {
        PromptVariables variables =
                PromptVariables.of(declaring("a", "c").template("{{a}} {{b}}").systemMessage("{{d}}"));

        assertThat(variables.undeclared()).containsExactly("d", "b");
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

        assertThatThrownBy(() -> PromptVariables.checked(declaring().template(template)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("messages"))
                .hasMessageContaining("v0, v1, ")
                .hasMessageContaining("and 490 more")
                .hasMessageNotContaining("v10");
    }

    private static NewPromptVersion declaring(String... names) {
        String properties =
                List.of(names).stream().map(name -> "\"" + name + "\":{}").collect(Collectors.joining(","));
        return NewPromptVersion.of("Hello").variables(Json.parse("{\"properties\":{" + properties + "}}"));
    }
}
