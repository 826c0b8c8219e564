package io.promptforge.dao.prompt;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.TemplateFormat;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of a prompt: its content, which never changes, unless it is redacted. Its documents have the order in which they were
 * written; {@link Json} compares without regard to it.
 *
 * @param id its key
 * @param promptId the prompt it is a version of
 * @param versionNumber 1, 2, 3 … without gaps
 * @param templateFormat the language of the templates in the messages
 * @param messages messages and placeholders; a simple prompt is one message
 * @param tools JSON array of the tools that the model may call, as the provider defines them
 * @param responseFormat JSON object of the form that the answer must have, as the provider defines it; empty for free text
 * @param variables JSON Schema of the templates' variables
 * @param modelConfiguration a JSON object: model and request parameters it is meant for
 * @param tags free words to find it by
 * @param commitMessage what changed and why
 * @param contentHash SHA-256 in hex of its content as it was written; stays when it is redacted
 * @param createdBy the author; empty when a service committed it
 * @param createdAt when it was committed
 * @param redaction when its content was replaced by a note, and who did so; empty if never
 */
public record PromptVersion(
        UUID id,
        UUID promptId,
        int versionNumber,
        TemplateFormat templateFormat,
        List<PromptMessage> messages,
        Json tools,
        Optional<Json> responseFormat,
        Json variables,
        Json modelConfiguration,
        List<String> tags,
        Optional<String> commitMessage,
        String contentHash,
        Optional<UUID> createdBy,
        Instant createdAt,
        Optional<PromptRedaction> redaction) {

    /** The text of the first message of the role USER, without values; empty if there is none. */
    public String template() {
        return text(MessageRole.USER).orElse("");
    }

    /** The text of the first message of the role SYSTEM, without values. */
    public Optional<String> systemMessage() {
        return text(MessageRole.SYSTEM);
    }

    /** {@link #render(Map, Map)} of a version without placeholders. */
    public List<ChatMessage> render(Map<String, ? extends @Nullable Object> values) {
        return render(values, Map.of());
    }

    /**
     * The messages with values for their variables. A variable without a value gets the {@code default} of the schema. It is missing
     * otherwise, unless the schema has a list of what is required, and it is declared but not in that list: then nothing is written for
     * it.
     *
     * @param values by the names of the variables; see {@link io.promptforge.dao.template.Template#render(Map)}
     * @param placeholders the messages in the place of each placeholder, by its name; none is an empty list
     * @throws InvalidValueException if the version is redacted, or a value has a type that is not accepted
     * @throws io.promptforge.dao.error.MissingVariablesException if variables have no value, or placeholders no messages; it names
     *     all
     * @throws io.promptforge.dao.error.TemplateSyntaxException if a text is no template of the format, which was committed with
     *     {@link VariableCheck#NONE}
     * @throws io.promptforge.dao.error.UnsupportedTemplateException if a template uses what cannot be rendered exactly
     */
    public List<ChatMessage> render(
            Map<String, ? extends @Nullable Object> values, Map<String, ? extends List<ChatMessage>> placeholders) {
        requireContent();
        return new PromptTemplates(templateFormat, messages)
                .rendered(values, placeholders, VariablesSchema.of(variables));
    }

    /** Refuses a redacted version, in which a note stands for the content. */
    void requireContent() {
        if (redaction.isPresent()) {
            throw new InvalidValueException(
                    "version_number",
                    "Version " + versionNumber + " of the prompt is redacted.",
                    "Choose another version.",
                    null);
        }
    }

    private Optional<String> text(MessageRole role) {
        return messages.stream()
                .filter(message -> message instanceof ChatMessage chat && chat.role() == role)
                .map(message -> ((ChatMessage) message).text())
                .findFirst();
    }
}
