package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The differences between two versions, of one prompt or of two. Tags and commit messages are not compared.
 *
 * @param from the number of the version it starts from
 * @param to the number of the version it leads to
 * @param isSameFormat whether both have one template format
 * @param messages all messages in their order, equal ones included
 * @param tools the differences in the tools
 * @param responseFormat the differences in the response format; a missing one is compared like null
 * @param variables the differences in the schema of the variables
 * @param modelConfiguration the differences in the model configuration
 * @param reordered the documents that differ in nothing but the order of their members: {@code response_format}
 */
public record PromptDiff(
        int from,
        int to,
        boolean isSameFormat,
        List<MessageDiff> messages,
        List<JsonChange> tools,
        List<JsonChange> responseFormat,
        List<JsonChange> variables,
        List<JsonChange> modelConfiguration,
        List<String> reordered) {
    private static final List<String> DOCUMENTS =
            List.of("messages", "tools", "response_format", "variables", "model_configuration");

    /**
     * Validates the components and copies the lists.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if one is null
     */
    public PromptDiff {
        messages = List.copyOf(Check.present("messages", messages));
        tools = List.copyOf(Check.present("tools", tools));
        responseFormat = List.copyOf(Check.present("response_format", responseFormat));
        variables = List.copyOf(Check.present("variables", variables));
        modelConfiguration = List.copyOf(Check.present("model_configuration", modelConfiguration));
        reordered = List.copyOf(Check.present("reordered", reordered));
    }

    /** The changes that lead from one version to another. */
    public static PromptDiff between(PromptVersion from, PromptVersion to) {
        List<Json> before = documents(Check.present("from", from));
        List<Json> after = documents(Check.present("to", to));
        return new PromptDiff(
                from.versionNumber(),
                to.versionNumber(),
                from.templateFormat() == to.templateFormat(),
                MessageDiff.between(from.messages(), to.messages()),
                JsonChange.between(from.tools(), to.tools()),
                JsonChange.between(responseFormat(from), responseFormat(to)),
                JsonChange.between(from.variables(), to.variables()),
                JsonChange.between(from.modelConfiguration(), to.modelConfiguration()),
                IntStream.range(0, before.size())
                        .filter(i -> isReordered(before.get(i), after.get(i)))
                        .mapToObj(DOCUMENTS::get)
                        .toList());
    }

    /** Whether there are no differences. */
    public boolean isEmpty() {
        return isSameFormat
                && messages.stream().allMatch(MessageDiff::isEmpty)
                && tools.isEmpty()
                && responseFormat.isEmpty()
                && variables.isEmpty()
                && modelConfiguration.isEmpty()
                && reordered.isEmpty();
    }

    private static List<Json> documents(PromptVersion version) {
        return List.of(
                MessagesDocument.json(version.messages()),
                version.tools(),
                responseFormat(version),
                version.variables(),
                version.modelConfiguration());
    }

    private static Json responseFormat(PromptVersion version) {
        return version.responseFormat().orElse(Json.of(null));
    }

    private static boolean isReordered(Json before, Json after) {
        return before.equals(after) && !before.text().equals(after.text());
    }
}
