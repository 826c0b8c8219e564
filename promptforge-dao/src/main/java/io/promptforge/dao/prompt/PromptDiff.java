package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.check.Check;
import java.util.List;

/**
 * The differences between two versions, of one prompt or of two. Tags and commit messages are not compared.
 *
 * @param from the number of the version it starts from
 * @param to the number of the version it leads to
 * @param template the lines of the template
 * @param systemMessage the lines of the system message; a missing one is compared like an empty one
 * @param variables the differences in the schema of the variables
 * @param modelConfiguration the differences in the model configuration
 */
public record PromptDiff(
        int from,
        int to,
        TextDiff template,
        TextDiff systemMessage,
        List<JsonChange> variables,
        List<JsonChange> modelConfiguration) {
    /**
     * Validates the components and copies the lists.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if one is null
     */
    public PromptDiff {
        Check.present("template", template);
        Check.present("system_message", systemMessage);
        variables = List.copyOf(Check.present("variables", variables));
        modelConfiguration = List.copyOf(Check.present("model_configuration", modelConfiguration));
    }

    /** The changes that lead from one version to another. */
    public static PromptDiff between(PromptVersion from, PromptVersion to) {
        Check.present("from", from);
        Check.present("to", to);
        return new PromptDiff(
                from.versionNumber(),
                to.versionNumber(),
                TextDiff.between(from.template(), to.template()),
                TextDiff.between(
                        from.systemMessage().orElse(""), to.systemMessage().orElse("")),
                JsonChange.between(from.variables(), to.variables()),
                JsonChange.between(from.modelConfiguration(), to.modelConfiguration()));
    }

    /** Whether there are no differences. */
    public boolean isEmpty() {
        return template.isEmpty() && systemMessage.isEmpty() && variables.isEmpty() && modelConfiguration.isEmpty();
    }
}
