package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.check.Check;
import java.util.List;

/**
 * What differs between two versions, which need not be of one prompt. Tags and commit messages are no part of it.
 *
 * @param from the number of the version it starts from
 * @param to the number of the version it leads to
 * @param template the lines of the template
 * @param systemMessage the lines of the system message; none at all looks like an empty one
 * @param variables what differs in the schema of the variables
 * @param modelConfiguration what differs in the model configuration
 */
public record PromptDiff(
        int from,
        int to,
        TextDiff template,
        TextDiff systemMessage,
        List<JsonChange> variables,
        List<JsonChange> modelConfiguration) {
    /** Keeps copies of the lists. */
    public PromptDiff {
        Check.present("template", template);
        Check.present("system_message", systemMessage);
        variables = List.copyOf(Check.present("variables", variables));
        modelConfiguration = List.copyOf(Check.present("model_configuration", modelConfiguration));
    }

    /** What has to be done to one version to get the other. */
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

    /** Whether nothing differs. */
    public boolean isEmpty() {
        return template.isEmpty() && systemMessage.isEmpty() && variables.isEmpty() && modelConfiguration.isEmpty();
    }
}
