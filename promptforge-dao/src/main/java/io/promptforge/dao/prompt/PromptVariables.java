package io.promptforge.dao.prompt;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.template.Template;
import io.promptforge.dao.template.TemplateVariable;
import io.promptforge.schema.type.TemplateFormat;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The variables that a version of a prompt uses and declares.
 *
 * <p>A version uses the {@linkplain Template#variables() variables of the templates} in its messages, in the order of the messages.
 *
 * <p>A version declares the members of the JSON Schema in its {@code variables}: properties, required names and patterns, also those in
 * allOf, anyOf, oneOf, if, then, else, dependentSchemas, and where a reference within the schema leads. A schema with
 * {@code additionalProperties}, but not false, allows every name, and so does one that names none. A schema with properties and
 * without {@code additionalProperties} allows no others, other than in JSON Schema.
 *
 * @param used the names of the variables that values are given for
 * @param perhapsUsed further names that are variables or members of elements, depending on the values, and are not declared
 * @param undeclared what is used but not allowed by the schema: names, or paths into variables (<code>{{a.b}}</code> is allowed if
 *     {@code a} or {@code a.b} is declared)
 * @param unused the declared names that are not used, which is not an error
 */
public record PromptVariables(
        List<String> used, List<String> perhapsUsed, List<String> undeclared, List<String> unused) {
    private static final int MOST_NAMED = 10;

    /** Copies the names; refuses null with an {@link InvalidValueException}. */
    public PromptVariables {
        used = List.copyOf(Check.present("used", used));
        perhapsUsed = List.copyOf(Check.present("perhaps_used", perhapsUsed));
        undeclared = List.copyOf(Check.present("undeclared", undeclared));
        unused = List.copyOf(Check.present("unused", unused));
    }

    /**
     * The variables of a version to be committed.
     *
     * @throws io.promptforge.dao.error.TemplateSyntaxException if a text is no template of the format
     */
    public static PromptVariables of(NewPromptVersion version) {
        Check.present("version", version);
        return of(version.templateFormat(), version.messages(), version.variables());
    }

    /**
     * The variables of a version.
     *
     * @throws io.promptforge.dao.error.TemplateSyntaxException if a text is no template of the format
     */
    public static PromptVariables of(PromptVersion version) {
        Check.present("version", version);
        return of(version.templateFormat(), version.messages(), version.variables());
    }

    private static PromptVariables of(TemplateFormat format, List<PromptMessage> messages, Json variables) {
        VariablesSchema schema = VariablesSchema.of(variables);
        List<TemplateVariable> all = new PromptTemplates(format, messages)
                .parsed().stream()
                        .flatMap(List::stream)
                        .flatMap(template -> template.variables().stream())
                        .toList();
        Set<String> used = names(all, variable -> variable.isCertain() || isDeclared(variable, schema));
        Set<String> perhaps = names(all, variable -> true);
        perhaps.removeAll(used);
        Set<String> reached = new LinkedHashSet<>();
        all.forEach(variable -> reached.addAll(wholes(variable)));
        return new PromptVariables(
                List.copyOf(used),
                List.copyOf(perhaps),
                undeclared(all, schema),
                schema.names().stream().filter(name -> !reached.contains(name)).toList());
    }

    /**
     * The names that a version may not use. Nothing is read with {@link VariableCheck#NONE}.
     *
     * @throws InvalidValueException if there are any and they are refused; its path names the message
     */
    static List<String> checked(NewPromptVersion version) {
        if (version.variableCheck() == VariableCheck.NONE) {
            return List.of();
        }
        VariablesSchema schema = VariablesSchema.of(version.variables());
        List<List<Template>> templates = new PromptTemplates(version.templateFormat(), version.messages()).parsed();
        Set<String> all = new LinkedHashSet<>();
        for (int i = 0; i < templates.size(); i++) {
            List<String> undeclared = undeclared(
                    templates.get(i).stream()
                            .flatMap(template -> template.variables().stream())
                            .toList(),
                    schema);
            if (!undeclared.isEmpty() && version.variableCheck() == VariableCheck.REFUSE) {
                throw new InvalidValueException(
                                "messages",
                                "The field messages uses undeclared variables: " + some(undeclared) + ".",
                                "Declare them under properties in variables, or set another template_format or check.",
                                null)
                        .at("messages[" + i + "]", null);
            }
            all.addAll(undeclared);
        }
        return List.copyOf(all);
    }

    private static List<String> undeclared(Collection<TemplateVariable> variables, VariablesSchema schema) {
        return variables.stream()
                .filter(TemplateVariable::isCertain)
                .flatMap(variable -> variable.paths().stream())
                .filter(path -> !schema.allows(path))
                .distinct()
                .toList();
    }

    private static Set<String> names(List<TemplateVariable> variables, Predicate<TemplateVariable> which) {
        Set<String> names = new LinkedHashSet<>();
        variables.stream().filter(which).forEach(variable -> names.add(variable.name()));
        return names;
    }

    private static boolean isDeclared(TemplateVariable variable, VariablesSchema schema) {
        return wholes(variable).stream().anyMatch(schema::isKnown);
    }

    private static List<String> wholes(TemplateVariable variable) {
        return Stream.concat(
                        Stream.of(variable.name()),
                        variable.paths().stream().flatMap(path -> VariablesSchema.wholes(path).stream()))
                .toList();
    }

    private static String some(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
        return names.size() > MOST_NAMED ? shown + " and " + (names.size() - MOST_NAMED) + " more" : shown;
    }
}
