package io.promptforge.dao.prompt;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.json.Json;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version to be committed. Immutable and thread-safe; null for an optional field means that it has no value. A value that is
 * not accepted is refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it, or by the
 * database.
 */
public final class NewPromptVersion extends Input<NewPromptVersion> {
    private final ColumnValues values;

    private NewPromptVersion(ColumnValues values) {
        super(values);
        this.values = values;
    }

    /**
     * A version with a template only.
     *
     * @param template the text with its {{variables}} (see {@link PromptVariables}), at most 1 MiB in UTF-8
     */
    public static NewPromptVersion of(String template) {
        return new NewPromptVersion(ColumnValues.none())
                .template(template)
                .variables(Json.emptyObject())
                .modelConfiguration(Json.emptyObject())
                .tags();
    }

    /** A version with the content and the tags of a committed one, and with neither commit message nor author. */
    public static NewPromptVersion like(PromptVersion version) {
        Check.present("version", version);
        return of(version.template())
                .systemMessage(version.systemMessage().orElse(null))
                .variables(version.variables())
                .modelConfiguration(version.modelConfiguration())
                .tags(version.tags().toArray(String[]::new));
    }

    /** Sets the template, the text with its {{variables}}, at most 1 MiB in UTF-8. */
    public NewPromptVersion template(String text) {
        return with("template", Check.text("template", text));
    }

    /** Sets the system message, at most 1 MiB in UTF-8. */
    public NewPromptVersion systemMessage(@Nullable String text) {
        return with("system_message", Check.optionalText("system_message", text));
    }

    /** Sets the JSON Schema (an object) of the template's variables, at most 256 KiB. */
    public NewPromptVersion variables(Json jsonSchema) {
        return with("variables", Check.present("variables", jsonSchema));
    }

    /** Sets the model and the request parameters that the prompt is meant for: a JSON object of at most 64 KiB. */
    public NewPromptVersion modelConfiguration(Json object) {
        return with("model_configuration", Check.present("model_configuration", object));
    }

    /** Sets the tags, free words to find the version by, at most 50; replaces those set before. */
    public NewPromptVersion tags(String... words) {
        return with("tags", Check.texts("tags", Arrays.asList(Check.present("tags", words))));
    }

    /** Sets the commit message: what changed and why, at most 4,000 characters. */
    public NewPromptVersion commitMessage(@Nullable String text) {
        return with("commit_message", Check.optionalText("commit_message", text));
    }

    /** Sets the author. */
    public NewPromptVersion createdBy(@Nullable UUID user) {
        return with("created_by", user);
    }

    private NewPromptVersion with(String column, @Nullable Object value) {
        return new NewPromptVersion(values.withOptional(column, value));
    }

    ColumnValues values() {
        return values;
    }

    String template() {
        return Objects.requireNonNull(values.get("template"));
    }

    @Nullable String systemMessage() {
        return values.get("system_message");
    }

    Json variables() {
        return Objects.requireNonNull(values.get("variables"));
    }
}
