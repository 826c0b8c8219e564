package io.promptforge.dao.template;

import static io.promptforge.schema.type.TemplateFormat.F_STRING;
import static io.promptforge.schema.type.TemplateFormat.HANDLEBARS;
import static io.promptforge.schema.type.TemplateFormat.JINJA;
import static io.promptforge.schema.type.TemplateFormat.MUSTACHE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.MissingVariablesException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.error.TemplateSyntaxException;
import io.promptforge.dao.error.UnsupportedTemplateException;
import io.promptforge.schema.type.TemplateFormat;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "MUSTACHE; a {{name; 3; not closed",
                "MUSTACHE; {{#a}}x; 1; section a is not closed",
                "MUSTACHE; {{#a}}x{{/b}}; 8; closed as b",
                "MUSTACHE; x{{/b}}; 2; no section b",
                "MUSTACHE; {{#if formal}}x{{/if}}; 1; another format",
                "MUSTACHE; {{ a + b }}; 1; no variable",
                "MUSTACHE; {{}}; 1; no variable",
                "HANDLEBARS; {{#if a}}x; 1; block if is not closed",
                "HANDLEBARS; {{#if a}}x{{/each}}; 11; closed as each",
                "HANDLEBARS; {{else}}; 1; else",
                "HANDLEBARS; {{name; 1; not closed",
                "HANDLEBARS; {{}}; 3; too early",
                "HANDLEBARS; {{lookup (a b}}; 10; bracket",
                "HANDLEBARS; {{!-- a }}; 1; comment",
                "HANDLEBARS; {{{{raw}}}} x; 1; raw block",
                "JINJA; {% if a %}x; 1; endif",
                "JINJA; {% for x of y %}{% endfor %}; 10; in is expected",
                "JINJA; {{ a; 1; not closed",
                "JINJA; {{ a b }}; 6; end of the tag",
                "JINJA; {{ }}; 4; a value",
                "JINJA; {{ a | }}; 8; a name",
                "JINJA; {% foo %}; 4; no statement foo",
                "JINJA; {% endif %}; 4; no statement endif",
                "JINJA; {{ 'a }}; 4; quotes",
                "JINJA; {# a; 1; comment",
                "JINJA; {{ a $ b }}; 6; no meaning",
                "F_STRING; a } b; 3; }}",
                "F_STRING; {name; 1; not closed",
                "F_STRING; {}; 1; name of a variable",
                "F_STRING; {0}; 1; name of a variable",
                "F_STRING; {\"a\": 1}; 1; write {{",
                "F_STRING; {a + b}; 1; only a name",
                "F_STRING; {a!x}; 1; one of !r, !s and !a",
                "F_STRING; {a:{b:c}}; 4; has no format"
            })
    void anErrorHasItsPlace(TemplateFormat format, String template, int column, String problem) {
        assertThatThrownBy(() -> Template.parse(format, template))
                .isInstanceOfSatisfying(TemplateSyntaxException.class, e -> {
                    assertThat(e.field()).isEqualTo("template");
                    assertThat(e.line()).isEqualTo(1);
                    assertThat(e.column()).as(e.getMessage()).isEqualTo(column);
                })
                .hasMessageContaining(problem);
    }

    @Test
    void linesAreCounted() {
        assertThatThrownBy(() -> Template.parse(JINJA, "one\ntwo\n  {{ a b }}"))
                .isInstanceOfSatisfying(TemplateSyntaxException.class, e -> {
                    assertThat(e.line()).isEqualTo(3);
                    assertThat(e.column()).isEqualTo(8);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "MUSTACHE; {{> header}}; the partial header",
                "MUSTACHE; {{$title}}x{{/title}}; the block title",
                "MUSTACHE; {{object}}; a list, an object or an extreme number as the text of object",
                "HANDLEBARS; {{formatDate date}}; the helper formatDate",
                "HANDLEBARS; {{#if (eq a 1)}}x{{/if}}; the helper eq",
                "HANDLEBARS; {{#markdown a}}x{{/markdown}}; the helper markdown",
                "HANDLEBARS; {{> header a}}; the partial header",
                "HANDLEBARS; {{#> layout}}x{{/layout}}; the partial or decorator layout",
                "HANDLEBARS; {{object}}; a list, an object or an extreme number as the text of object",
                "JINJA; {{ a | md5 }}; the filter md5",
                "JINJA; {{ now() }}; the function now",
                "JINJA; {{ a.encode('utf-8') }}; the method encode",
                "JINJA; {% include 'header' %}; include",
                "JINJA; {% import 'forms' as forms %}; import",
                "JINJA; {% extends 'base' %}; extends",
                "JINJA; {{ 1 / 0 }}; the operator /",
                "JINJA; {{ 1e308 * 10 }}; the operator *",
                "JINJA; {{ range(*a) }}; the operator *",
                "JINJA; {{ list | map('upper') }}; a list, an object or an extreme number as text (use join or tojson)",
                "JINJA; {% call f() %}x{% endcall %}; the call of what is no macro of the template",
                "JINJA; {% macro f(x) %}{% endmacro %}{{ f(1, 2) }}; an argument without a parameter of the macro f",
                "JINJA; {% macro f(x) %}{% endmacro %}{{ f(y=2) }}; an argument without a parameter of the macro f",
                "F_STRING; {a:d}; the format :d",
                "F_STRING; {list:>5}; the format :>5"
            })
    void whatIsNotOfTheFormatsCoreIsNamedAndNotRendered(TemplateFormat format, String template, String construct) {
        Map<String, Object> values = Map.of("a", "A", "date", 1, "list", List.of(1), "object", Map.of("b", 1));

        assertThatThrownBy(() -> Template.parse(format, template).render(values))
                .isInstanceOfSatisfying(UnsupportedTemplateException.class, e -> {
                    assertThat(e.construct()).isEqualTo(construct);
                    assertThat(e.line()).isEqualTo(1);
                });
    }

    static Stream<Object[]> missing() {
        return Stream.of(
                new Object[] {MUSTACHE, "{{a}} {{b.c}} {{#d}}x{{/d}} {{a}}", List.of("a", "b.c")},
                new Object[] {
                    HANDLEBARS, "{{a}} {{b.c}} {{#if d}}x{{/if}}{{#each e}}x{{/each}}", List.of("a", "b.c", "e")
                },
                new Object[] {
                    JINJA,
                    "{{ a | upper }} {{ b.c }} {% if d %}x{% endif %}{% for e in f %}x{% endfor %}",
                    List.of("a", "b", "f")
                },
                new Object[] {F_STRING, "{a} {b.c} {a}", List.of("a", "b")});
    }

    @ParameterizedTest
    @MethodSource("missing")
    void allVariablesWithoutAValueAreNamed(TemplateFormat format, String template, List<String> names) {
        assertThatThrownBy(() -> Template.parse(format, template).render(Map.of()))
                .isInstanceOfSatisfying(MissingVariablesException.class, e -> assertThat(e.names())
                        .containsExactlyElementsOf(names));
    }

    @Test
    void anOptionalVariableNeedsNoValue() {
        assertThat(Template.parse(JINJA, "[{{ a.b | upper }}]").render(Map.of(), Set.of("a")))
                .isEqualTo("[]");
    }

    @Test
    void aMemberThatIsNotThereIsNamedByItsPath() {
        assertThatThrownBy(() ->
                        Template.parse(JINJA, "{{ customer.name.first }}").render(Map.of("customer", Map.of("age", 7))))
                .isInstanceOfSatisfying(MissingVariablesException.class, e -> assertThat(e.names())
                        .containsExactly("customer.name"));
    }

    @Test
    void pathsIntoVariablesAreKept() {
        assertThat(Template.parse(JINJA, "{{ a.b.c }} {{ a.d }} {{ a[0].e }} {{ a }}")
                        .variables())
                .containsExactly(new TemplateVariable("a", List.of("a.b.c", "a.d", "a"), true));
    }

    @Test
    void aValueOfAnotherTypeIsRefused() {
        assertThatThrownBy(() -> Template.parse(MUSTACHE, "{{a}}").render(Map.of("a", Instant.EPOCH)))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aLineBreakAtTheEndOfJinjaIsNotPartOfTheText() {
        assertThat(Template.parse(JINJA, "a\n\n").render(Map.of())).isEqualTo("a\n");
        assertThat(Template.parse(MUSTACHE, "a\n\n").render(Map.of())).isEqualTo("a\n\n");
    }

    @ParameterizedTest
    @EnumSource
    void aHostileTemplateEndsSoon(TemplateFormat format) {
        Stream.of(
                        "{{".repeat(250_000),
                        "{{" + " ".repeat(500_000),
                        "{{a" + ".b".repeat(250_000) + "}}",
                        "{{#a}}".repeat(50_000),
                        "{{#if a}}".repeat(50_000),
                        "{% if a %}".repeat(50_000),
                        "{{ " + "(".repeat(250_000),
                        "{{ " + "-".repeat(250_000) + "1 }}",
                        "{{ " + "not ".repeat(100_000) + "1 }}",
                        "{{ \"" + "\\\"".repeat(250_000) + "\" }}",
                        "{".repeat(500_000),
                        "{a" + "[0]".repeat(150_000) + "}",
                        "\\".repeat(500_000) + "{{a}}",
                        "{{ a" + " + 1".repeat(100_000) + " }}",
                        "{{ a" + ".b".repeat(100_000) + " }}",
                        "{{ a" + " | upper".repeat(50_000) + " }}")
                .forEach(text -> {
                    try {
                        Template.parse(format, text).render(Map.of("a", "A"));
                    } catch (PromptForgeException e) {
                        assertThat(e).hasMessageNotContaining("{{{{");
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
                "{% set n = namespace(a=[]) %}{% for i in range(60) %}{% set n.a = [n.a, n.a] %}{% endfor %}{{ n.a | tojson }}",
                "{% set n = namespace(a=[]) %}{% for i in range(90000) %}{% set n.a = [n.a] %}{% endfor %}{{ n.a }}",
                "{% set n = namespace() %}{% set n.n = n %}{{ n }}",
                "{% set a = [1] %}{% for i in range(99) %}{% set _ = a.append(a) %}{% endfor %}{{ a }}"
            })
    void whatIsWithoutEndIsRefused(String template) {
        assertThatThrownBy(() -> Template.parse(JINJA, template).render(Map.of()))
                .isInstanceOfAny(InvalidValueException.class, UnsupportedTemplateException.class);
    }

    @Test
    void aMacrosParameterWithoutAValueIsMissing() {
        assertThatThrownBy(() -> Template.parse(JINJA, "{% macro f(x) %}{{ x }}{% endmacro %}{{ f() }}")
                        .render(Map.of()))
                .isInstanceOfSatisfying(MissingVariablesException.class, e -> assertThat(e.names())
                        .containsExactly("x"));
    }

    @Test
    void aLookupThatFindsNothingTellsNoValue() {
        Map<String, Object> values = Map.of("user", Map.of(), "key", "a secret");

        assertThatThrownBy(() -> Template.parse(HANDLEBARS, "{{lookup user key}} {{lookup user 'zip'}}")
                        .render(values))
                .isInstanceOfSatisfying(MissingVariablesException.class, e -> assertThat(e.names())
                        .containsExactly("user", "user.zip"));
    }

    @Test
    void loopsInLoopsEnd() {
        String template = "{% for a in r %}".repeat(9) + "x" + "{% endfor %}".repeat(9);

        assertThatThrownBy(
                        () -> Template.parse(JINJA, template).render(Map.of("r", List.of(1, 2, 3, 4, 5, 6, 7, 8, 9))))
                .isInstanceOf(InvalidValueException.class);
    }
}
