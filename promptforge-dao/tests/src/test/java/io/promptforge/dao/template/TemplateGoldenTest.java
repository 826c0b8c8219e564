package io.promptforge.dao.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.UnsupportedTemplateException;
import io.promptforge.schema.type.TemplateFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates of every format, in the manner of public ones: their variables, and the texts that the engines of the formats make. */
class TemplateGoldenTest {

    static Stream<TemplateCase> cases() {
        return TemplateCase.all();
    }

    @ParameterizedTest
    @EnumSource
    void everyFormatHasTwentyTemplates(TemplateFormat format) {
        assertThat(TemplateCase.of(format)).hasSizeGreaterThanOrEqualTo(20);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theVariablesAreFound(TemplateCase each) {
        Template template = Template.parse(each.format(), each.template());

        assertThat(template.variables())
                .extracting(variable -> variable.name() + (variable.isCertain() ? "" : "?"))
                .containsExactlyInAnyOrderElementsOf(each.variables());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTextIsThatOfTheEngine(TemplateCase each) {
        Template template = Template.parse(each.format(), each.template());

        if (each.isSupported()) {
            assertThat(template.render(each.values())).isEqualTo(each.outcome());
        } else {
            assertThatThrownBy(() -> template.render(each.values()))
                    .isInstanceOfSatisfying(UnsupportedTemplateException.class, e -> assertThat(e.construct())
                            .isEqualTo(each.outcome()));
        }
    }
}
