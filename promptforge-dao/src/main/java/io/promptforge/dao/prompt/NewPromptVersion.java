package io.promptforge.dao.prompt;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.TemplateFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version to be committed. Immutable and thread-safe; null for an optional field means that it has no value. A value that is
 * not accepted is refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it, or by the
 * database.
 *
 * <p>Its documents come back in the order in which they were written, and a version in which only that order differs is another
 * one, since a model may answer differently: make them of a text or of maps that keep their order, never of {@code Map.of}.
 */
public final class NewPromptVersion extends Input<NewPromptVersion> {
    private final Content content;

    private NewPromptVersion(Content content) {
        super(content);
        this.content = content;
    }

    /**
     * A version with one message, of the role USER.
     *
     * @param template the text with its variables; a blank one is no message, for a prompt that gets another one
     */
    public static NewPromptVersion of(String template) {
        return ofMessages(List.of()).template(template);
    }

    /** A version with these messages and placeholders, as {@link PromptMessage} makes them, at most 2 MiB as JSON. */
    public static NewPromptVersion of(PromptMessage... messages) {
        return ofMessages(Arrays.asList(Check.present("messages", messages)));
    }

    /** A version with these messages and placeholders, at most 2 MiB as JSON. */
    public static NewPromptVersion ofMessages(List<? extends PromptMessage> messages) {
        ColumnValues values = ColumnValues.none()
                .with("template_format", TemplateFormat.MUSTACHE)
                .with("tools", Json.emptyArray())
                .with("variables", Json.emptyObject())
                .with("model_configuration", Json.emptyObject())
                .with("tags", List.of());
        return new NewPromptVersion(
                new Content(values, List.copyOf(Check.list("messages", messages)), VariableCheck.REFUSE));
    }

    /** A version with the content and the tags of a committed one, and with neither commit message nor author. */
    public static NewPromptVersion like(PromptVersion version) {
        Check.present("version", version);
        return ofMessages(version.messages())
                .templateFormat(version.templateFormat())
                .tools(version.tools())
                .responseFormat(version.responseFormat().orElse(null))
                .variables(version.variables())
                .modelConfiguration(version.modelConfiguration())
                .tags(version.tags().toArray(String[]::new));
    }

    /** Sets the language of the templates in the messages; {@link TemplateFormat#MUSTACHE} by default. */
    public NewPromptVersion templateFormat(TemplateFormat format) {
        return with("template_format", Check.present("template_format", format));
    }

    /** Sets the messages and placeholders, at most 2 MiB as JSON; replaces those set before. */
    public NewPromptVersion messages(PromptMessage... messages) {
        return new NewPromptVersion(new Content(
                content.values,
                Check.list("messages", Arrays.asList(Check.present("messages", messages))),
                content.check));
    }

    /** Sets the first message of the role USER, or adds one behind the others; a blank text removes it. */
    public NewPromptVersion template(String text) {
        Check.optionalText("template", Check.present("template", text));
        return withMessage(MessageRole.USER, text, content.messages.size());
    }

    /** Sets the first message of the role SYSTEM, or adds one before the others; null or a blank text removes it. */
    public NewPromptVersion systemMessage(@Nullable String text) {
        Check.optionalText("system_message", text);
        return withMessage(MessageRole.SYSTEM, text, 0);
    }

    /** Sets the tools that the model may call: a JSON array, as the provider defines them, at most 256 KiB. */
    public NewPromptVersion tools(Json array) {
        return with("tools", Check.present("tools", array));
    }

    /** Sets the form that the answer must have: a JSON object, as the provider defines it, at most 256 KiB. */
    public NewPromptVersion responseFormat(@Nullable Json object) {
        return with("response_format", object);
    }

    /** Sets the JSON Schema (an object) of the templates' variables, at most 256 KiB. */
    public NewPromptVersion variables(Json jsonSchema) {
        return with("variables", Check.present("variables", jsonSchema));
    }

    /** Sets what is done about variables that the schema does not allow; {@link VariableCheck#REFUSE} by default. Not stored. */
    public NewPromptVersion variableCheck(VariableCheck check) {
        return new NewPromptVersion(
                new Content(content.values, content.messages, Check.present("variable_check", check)));
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
        return new NewPromptVersion(
                new Content(content.values.withOptional(column, value), content.messages, content.check));
    }

    private NewPromptVersion withMessage(MessageRole role, @Nullable String text, int placeOfNew) {
        List<PromptMessage> messages = new ArrayList<>(content.messages);
        int first = 0;
        while (first < messages.size() && !(messages.get(first) instanceof ChatMessage chat && chat.role() == role)) {
            first++;
        }
        boolean isThere = first < messages.size();
        if (isThere) {
            messages.remove(first);
        }
        if (text != null && !text.isBlank()) {
            messages.add(isThere ? first : placeOfNew, ChatMessage.of(role, text));
        }
        return new NewPromptVersion(new Content(content.values, List.copyOf(messages), content.check));
    }

    ColumnValues values() {
        return content.values.with("messages", MessagesDocument.json(content.messages));
    }

    TemplateFormat templateFormat() {
        return Objects.requireNonNull(content.values.get("template_format"));
    }

    List<PromptMessage> messages() {
        return content.messages;
    }

    Json variables() {
        return Objects.requireNonNull(content.values.get("variables"));
    }

    VariableCheck variableCheck() {
        return content.check;
    }

    private record Content(ColumnValues values, List<PromptMessage> messages, VariableCheck check) {
        /** The columns, without the values. */
        @Override
        public String toString() {
            return values.toString();
        }
    }
}
