package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.schema.type.PromptStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A prompt to be made.
 *
 * @param projectId the project it belongs to
 * @param name the name that applications ask for, unique in the project, 1 to 200 characters
 * @param description free text, at most 4,000 characters, or null
 * @param category a free word to group prompts by, at most 100 characters, or null
 * @param status where it stands
 * @param createdBy the user who makes it, or null
 */
public record NewPrompt(
        UUID projectId,
        String name,
        @Nullable String description,
        @Nullable String category,
        PromptStatus status,
        @Nullable UUID createdBy) {
    /** Checks what the database would not name. */
    public NewPrompt {
        Check.present("project_id", projectId);
        Check.text("name", name);
        Check.optionalText("description", description);
        Check.optionalText("category", category);
        Check.present("status", status);
    }

    /** A draft with nothing but a name. */
    public static NewPrompt named(UUID projectId, String name) {
        return new NewPrompt(projectId, name, null, null, PromptStatus.DRAFT, null);
    }

    /** The same with a description. */
    public NewPrompt withDescription(String text) {
        return new NewPrompt(projectId, name, text, category, status, createdBy);
    }

    /** The same in a category. */
    public NewPrompt withCategory(String word) {
        return new NewPrompt(projectId, name, description, word, status, createdBy);
    }

    /** The same in another status. */
    public NewPrompt withStatus(PromptStatus other) {
        return new NewPrompt(projectId, name, description, category, other, createdBy);
    }

    /** The same, made by a user. */
    public NewPrompt withCreatedBy(UUID user) {
        return new NewPrompt(projectId, name, description, category, status, user);
    }
}
