package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.Check;
import io.promptforge.dao.json.Json;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version to be committed.
 *
 * @param template the text with its {{variables}}, at most 1 MiB
 * @param systemMessage the system message, at most 1 MiB, or null
 * @param variables JSON Schema (an object) of the template's variables, at most 256 KiB
 * @param modelConfiguration a JSON object of at most 64 KiB: model and request parameters it is meant for
 * @param tags free words to find it by, at most 50
 * @param commitMessage what changed and why, at most 4,000 characters, or null
 * @param createdBy the author, or null
 */
public record NewPromptVersion(
        String template,
        @Nullable String systemMessage,
        Json variables,
        Json modelConfiguration,
        List<String> tags,
        @Nullable String commitMessage,
        @Nullable UUID createdBy) {
    /** Checks what the database would not name. */
    public NewPromptVersion {
        Check.text("template", template);
        Check.optionalText("system_message", systemMessage);
        Check.present("variables", variables);
        Check.present("model_configuration", modelConfiguration);
        Check.present("tags", tags).forEach(tag -> Check.text("tags", tag));
        tags = List.copyOf(tags);
        Check.optionalText("commit_message", commitMessage);
    }

    /** A version with nothing but a template. */
    public static NewPromptVersion of(String template) {
        return new NewPromptVersion(template, null, Json.emptyObject(), Json.emptyObject(), List.of(), null, null);
    }

    /** The same with a system message. */
    public NewPromptVersion withSystemMessage(String text) {
        return new NewPromptVersion(template, text, variables, modelConfiguration, tags, commitMessage, createdBy);
    }

    /** The same with declared variables. */
    public NewPromptVersion withVariables(Json jsonSchema) {
        return new NewPromptVersion(
                template, systemMessage, jsonSchema, modelConfiguration, tags, commitMessage, createdBy);
    }

    /** The same for a model. */
    public NewPromptVersion withModelConfiguration(Json object) {
        return new NewPromptVersion(template, systemMessage, variables, object, tags, commitMessage, createdBy);
    }

    /** The same with these tags and no others. */
    public NewPromptVersion withTags(String... words) {
        return new NewPromptVersion(
                template, systemMessage, variables, modelConfiguration, List.of(words), commitMessage, createdBy);
    }

    /** The same with a commit message. */
    public NewPromptVersion withCommitMessage(String text) {
        return new NewPromptVersion(template, systemMessage, variables, modelConfiguration, tags, text, createdBy);
    }

    /** The same, committed by a user. */
    public NewPromptVersion withCreatedBy(UUID user) {
        return new NewPromptVersion(template, systemMessage, variables, modelConfiguration, tags, commitMessage, user);
    }
}
