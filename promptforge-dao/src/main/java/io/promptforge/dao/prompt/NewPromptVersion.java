package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version to be committed.
 *
 * @param template the text with its {{variables}} (see {@link PromptVariables}), at most 1 MiB
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
        Check.document("variables", variables);
        Check.document("model_configuration", modelConfiguration);
        tags = Check.texts("tags", tags);
        Check.optionalText("commit_message", commitMessage);
    }

    /** A version with nothing but a template. */
    public static NewPromptVersion of(String template) {
        return new NewPromptVersion(template, null, Json.emptyObject(), Json.emptyObject(), List.of(), null, null);
    }

    /**
     * A version that says what another says, with its tags: what an edit starts from. It has neither commit message nor
     * author yet.
     */
    public static NewPromptVersion like(PromptVersion version) {
        Check.present("version", version);
        return new NewPromptVersion(
                version.template(),
                version.systemMessage().orElse(null),
                version.variables(),
                version.modelConfiguration(),
                version.tags(),
                null,
                null);
    }

    /** The same with another template. */
    public NewPromptVersion withTemplate(String text) {
        return new NewPromptVersion(text, systemMessage, variables, modelConfiguration, tags, commitMessage, createdBy);
    }

    /** The same with a system message, or with null for none. */
    public NewPromptVersion withSystemMessage(@Nullable String text) {
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
        Check.present("tags", words);
        return new NewPromptVersion(
                template, systemMessage, variables, modelConfiguration, Arrays.asList(words), commitMessage, createdBy);
    }

    /** The same with a commit message. */
    public NewPromptVersion withCommitMessage(String text) {
        return new NewPromptVersion(template, systemMessage, variables, modelConfiguration, tags, text, createdBy);
    }

    /** The same, committed by a user. */
    public NewPromptVersion withCreatedBy(@Nullable UUID user) {
        return new NewPromptVersion(template, systemMessage, variables, modelConfiguration, tags, commitMessage, user);
    }
}
