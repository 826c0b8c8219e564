package io.promptforge.dao.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.error.MissingVariablesException;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.TemplateFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a JSON Schema says about the variables of a version. */
class VariablesSchemaTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'properties':{'name':{}},'additionalProperties':true}",
                "{'properties':{'name':{}},'additionalProperties':{'type':'string'}}",
                "{'properties':{'name':{}},'unevaluatedProperties':true}",
                "{'properties':{'name':{}},'patternProperties':{'^nick':{}}}",
                "{'allOf':[{'properties':{'name':{}}},{'properties':{'nick':{}}}]}",
                "{'properties':{'name':{}},'allOf':[{'properties':{'nick':{}}}]}",
                "{'anyOf':[{'required':['nick']},{'properties':{'name':{}}}]}",
                "{'oneOf':[{'properties':{'name':{}}},{'properties':{'nick':{}}}]}",
                "{'properties':{'name':{}},'if':{'required':['name']},'then':{'properties':{'nick':{}}}}",
                "{'properties':{'name':{}},'else':{'required':['nick']}}",
                "{'properties':{'name':{}},'dependentSchemas':{'name':{'properties':{'nick':{}}}}}",
                "{'properties':{'name':{}},'dependentRequired':{'name':['nick']}}",
                "{'properties':{'name':{}},'dependencies':{'name':['nick']}}",
                "{'properties':{'name':{}},'dependencies':{'name':{'properties':{'nick':{}}}}}",
                "{'properties':{'name':{},'nick':true}}",
                "{'$ref':'#/$defs/person','$defs':{'person':{'properties':{'name':{},'nick':{}}}}}",
                "{'properties':{'name':{}},'allOf':[{'$ref':'#/definitions/a~1b'}],'definitions':{'a/b':{'properties':{'nick':{}}}}}",
                "{'properties':{'name':{}},'$ref':'https://example.com/person.json'}",
                "{'properties':{'name':{}},'required':['nick']}",
                "{'required':['name']}",
                "{'type':'object'}",
                "{}"
            })
    void theVariableIsAllowed(String schema) {
        assertThat(variables("{{nick}} {{name}}", schema).undeclared()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'properties':{'name':{}}}",
                "{'properties':{}}",
                "{'properties':{'name':{}},'additionalProperties':false}",
                "{'additionalProperties':false}",
                "{'properties':{'name':{'properties':{'nick':{}}}}}",
                "{'properties':{'name':{}},'patternProperties':{'^x':{}}}",
                "{'allOf':[{'properties':{'name':{}}},true]}",
                "{'properties':{'name':{}},'$defs':{'unused':{'properties':{'nick':{}}}}}",
                "{'allOf':[{'$ref':'#'}],'properties':{'name':{}}}",
                "{'properties':{'name':{},'nick':false}}",
                "{'properties':{'name':{}},'not':{'properties':{'nick':{}}}}"
            })
    void theVariableIsNotAllowed(String schema) {
        assertThat(variables("{{nick}}", schema).undeclared()).containsExactly("nick");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'properties':{'name':{},'nick':{}}}; name nick",
                "{'properties':{'name':{},'nick':{}},'required':[]}; ''",
                "{'properties':{'name':{},'nick':{}},'required':['name']}; name",
                "{'properties':{'name':{},'nick':{}},'allOf':[{'required':['name']}]}; name",
                "{'properties':{'name':{},'nick':{}},'anyOf':[{'required':['name']},{'required':['nick']}]}; ''",
                "{'properties':{'name':{},'nick':{}},'required':['name'],'if':{'required':['nick']}}; name",
                "{'properties':{'name':{},'nick':{}},'oneOf':[{'$ref':'#/$defs/a'}],'$ref':'#/$defs/a','$defs':{'a':{'required':['nick']}}}; nick",
                "{'properties':{'name':{},'nick':{}},'required':['name'],'dependentRequired':{'name':['nick']}}; name",
                "{'properties':{'name':{'default':'Ann'},'nick':{}},'required':['name']}; ''"
            })
    void onlyWhatEveryDocumentHasToHaveIsMissing(String schema, String missing) {
        PromptTemplates templates =
                new PromptTemplates(TemplateFormat.MUSTACHE, List.of(PromptMessage.user("{{name}} {{nick}}")));

        List<String> named = new ArrayList<>();
        try {
            templates.rendered(Map.of(), Map.of(), VariablesSchema.of(json(schema)));
        } catch (MissingVariablesException refused) {
            named.addAll(refused.names());
        }

        assertThat(String.join(" ", named)).isEqualTo(missing);
    }

    @Test
    void namesOfAllPartsAreDeclared() {
        PromptVariables variables =
                variables("{{name}} {{extra}}", "{'allOf':[{'properties':{'name':{}}}],'properties':{'extra':{}}}");

        assertThat(variables.undeclared()).isEmpty();
        assertThat(variables.unused()).isEmpty();
        assertThat(variables.used()).containsExactly("name", "extra");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "HANDLEBARS; Hi {{name}}{{#if formal}}, sir{{else}}!{{/if}}; items",
                "HANDLEBARS; {{#each items}}{{this}}{{/each}}; name formal",
                "JINJA; {% for item in items %}{{ loop.index }} {{ item }}{% endfor %}; name formal",
                "JINJA; {{ items[0] }} {{ name | title }}; formal",
                "F_STRING; Summarise {name}. Reply {{answer}}.; formal items",
                "PLAIN; {{nick}} {nick}; name formal items"
            })
    void nothingIsUndeclaredInTheFormatsOfTheTemplates(TemplateFormat format, String template, String unused) {
        NewPromptVersion version = NewPromptVersion.of(template)
                .templateFormat(format)
                .variables(json("{'properties':{'name':{},'formal':{},'items':{}}}"));

        PromptVariables variables = PromptVariables.of(version);

        assertThat(variables.undeclared()).isEmpty();
        assertThat(variables.unused()).containsExactly(unused.split(" ", -1));
    }

    @Test
    void aNameThatMayBeAMemberIsUsedOnlyIfItIsDeclared() {
        String template = "{{#items}}{{name}} {{price}}{{/items}}";
        PromptVariables variables = variables(template, "{'properties':{'name':{},'items':{}}}");

        assertThat(variables.used()).containsExactly("items", "name");
        assertThat(variables.perhapsUsed()).containsExactly("price");
        assertThat(variables.undeclared()).isEmpty();
        assertThat(variables.unused()).isEmpty();
    }

    @Test
    void aHostileSchemaIsReadInOneGo() {
        String chain = IntStream.range(0, 5_000)
                .mapToObj(n -> "'d" + n + "':{'$ref':'#/$defs/d" + (n + 1) % 5_000 + "'}")
                .collect(Collectors.joining(",", "{'$ref':'#/$defs/d0','$defs':{", "},'properties':{}}"));
        String exponential = "{'patternProperties':{'.*.*.*.*.*.*x$':{}}}";

        assertThat(variables("{{nick}}", chain).undeclared()).containsExactly("nick");
        assertThat(variables("{{" + "a".repeat(100) + "b}}", exponential).undeclared())
                .isEmpty();
    }

    private static PromptVariables variables(String template, String schema) {
        return PromptVariables.of(NewPromptVersion.of(template).variables(json(schema)));
    }

    private static Json json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
