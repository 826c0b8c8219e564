package io.promptforge.dao.prompt;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The variables that a version of a prompt uses and declares.
 *
 * <p>A version uses the names in double braces in its template and its system message: <code>{{name}}</code>, with or
 * without white space inside the braces. A name begins with a letter, a digit or an underscore, continues with these, dots and
 * hyphens, and has at most 200 characters. Anything else in braces, such as <code>{{#each}}</code> or
 * <code>{{ a + b }}</code>, is plain text.
 *
 * <p>A version declares the {@code properties} of the JSON Schema in its {@code variables}. A schema without
 * {@code properties}, such as the empty object, allows every name. A name with dots is a path into a variable:
 * <code>{{customer.name}}</code> is declared if {@code customer.name} or {@code customer} is.
 *
 * @param used the used names in the order of their first appearance, first in the template, then in the system message
 * @param declared the declared names; empty if every name is allowed
 */
public record PromptVariables(List<String> used, Optional<List<String>> declared) {
    // Possessive quantifiers: the search never backtracks, whatever the text.
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{\\{\\s*+([\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_.-]{0,199}+)\\s*+}}");

    private static final int MOST_NAMED = 10;

    /** Copies the names; refuses null with an {@link InvalidValueException}. */
    public PromptVariables {
        used = List.copyOf(Check.present("used", used));
        declared = Check.present("declared", declared).map(List::copyOf);
    }

    /** The variables of a version to be committed. */
    public static PromptVariables of(NewPromptVersion version) {
        Check.present("version", version);
        return of(version.template(), version.systemMessage(), version.variables());
    }

    /** The variables of a version. */
    public static PromptVariables of(PromptVersion version) {
        Check.present("version", version);
        return of(version.template(), version.systemMessage().orElse(null), version.variables());
    }

    /** The names that a text uses, without repetition, in the order of their first appearance. */
    public static List<String> in(String text) {
        return names(Check.present("text", text)).distinct().toList();
    }

    /** The names that are used but not declared. A version with such names is refused by a commit. */
    public List<String> undeclared() {
        return undeclared(used);
    }

    /** The names that are declared but not used, which is not an error. */
    public List<String> unused() {
        Set<String> reached = used.stream().flatMap(PromptVariables::wholes).collect(Collectors.toSet());
        return declared.orElse(List.of()).stream()
                .filter(name -> !reached.contains(name))
                .toList();
    }

    static void requireDeclared(NewPromptVersion version) {
        PromptVariables variables = of(version);
        variables.requireDeclared("template", version.template());
        variables.requireDeclared("system_message", version.systemMessage());
    }

    private void requireDeclared(String field, @Nullable String text) {
        List<String> undeclared = text == null ? List.of() : undeclared(in(text));
        if (!undeclared.isEmpty()) {
            throw new InvalidValueException(
                    field,
                    "The field " + field + " uses undeclared variables: " + some(undeclared) + ".",
                    "Declare them under properties in variables.",
                    null);
        }
    }

    private List<String> undeclared(List<String> names) {
        if (declared.isEmpty()) {
            return List.of();
        }
        Set<String> open = Set.copyOf(declared.get());
        return names.stream()
                .filter(name -> wholes(name).noneMatch(open::contains))
                .toList();
    }

    private static PromptVariables of(String template, @Nullable String systemMessage, Json schema) {
        List<String> used = Stream.concat(names(template), systemMessage == null ? Stream.of() : names(systemMessage))
                .distinct()
                .toList();
        return new PromptVariables(used, declared(schema));
    }

    private static Stream<String> names(String text) {
        return PLACEHOLDER.matcher(text).results().map((MatchResult match) -> match.group(1));
    }

    private static Optional<List<String>> declared(Json schema) {
        return schema.toJava() instanceof Map<?, ?> members && members.get("properties") instanceof Map<?, ?> properties
                ? Optional.of(properties.keySet().stream().map(String::valueOf).toList())
                : Optional.empty();
    }

    /** The name and the variables that it may be a path into: a.b.c, a.b, a. */
    private static Stream<String> wholes(String name) {
        return Stream.iterate(
                name, each -> !each.isEmpty(), each -> each.substring(0, Math.max(0, each.lastIndexOf('.'))));
    }

    private static String some(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
        return names.size() > MOST_NAMED ? shown + " and " + (names.size() - MOST_NAMED) + " more" : shown;
    }
}
