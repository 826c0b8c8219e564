package io.promptforge.dao.prompt;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.schema.type.PromptStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A prompt to be created. Immutable and thread-safe; null for an optional field means that it has no value. A value that is
 * not accepted is refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it, or by the
 * database.
 */
public final class NewPrompt extends Input<NewPrompt> {
    private final ColumnValues values;

    private NewPrompt(ColumnValues values) {
        super(values);
        this.values = values;
    }

    /**
     * A prompt in the status {@link PromptStatus#DRAFT}.
     *
     * @param projectId the project it belongs to
     * @param name the name that applications ask for, unique in the project, 1 to 200 characters
     */
    public static NewPrompt of(UUID projectId, String name) {
        return new NewPrompt(ColumnValues.none()
                .with("project_id", Check.present("project_id", projectId))
                .with("name", Check.text("name", name))
                .with("status", PromptStatus.DRAFT));
    }

    /** Sets the description, at most 4,000 characters. */
    public NewPrompt description(@Nullable String text) {
        return with("description", Check.optionalText("description", text));
    }

    /** Sets the category, a free word to group prompts by, 1 to 100 characters. */
    public NewPrompt category(@Nullable String word) {
        return with("category", Check.optionalText("category", word));
    }

    /** Sets the status. */
    public NewPrompt status(PromptStatus status) {
        return with("status", Check.present("status", status));
    }

    /** Sets the user who creates it. */
    public NewPrompt createdBy(@Nullable UUID user) {
        return with("created_by", user);
    }

    private NewPrompt with(String column, @Nullable Object value) {
        return new NewPrompt(values.withOptional(column, value));
    }

    ColumnValues values() {
        return values;
    }
}
