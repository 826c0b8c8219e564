package io.promptforge.dao.prompt;

import io.promptforge.dao.error.MissingVariablesException;
import io.promptforge.dao.error.TemplateSyntaxException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.template.Template;
import io.promptforge.schema.type.TemplateFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The templates in the messages of a version. */
final class PromptTemplates {
    private final TemplateFormat format;
    private final List<PromptMessage> messages;

    PromptTemplates(TemplateFormat format, List<PromptMessage> messages) {
        this.format = format;
        this.messages = messages;
    }

    /**
     * The templates of each entry; none of a placeholder.
     *
     * @throws TemplateSyntaxException with the path of the message and the part
     */
    List<List<Template>> parsed() {
        List<List<Template>> parsed = new ArrayList<>();
        for (PromptMessage message : messages) {
            List<Template> templates = new ArrayList<>();
            List<MessagePart> parts = message instanceof ChatMessage chat ? chat.parts() : List.of();
            for (int i = 0; i < parts.size(); i++) {
                String path = path(parsed.size(), i);
                template(parts.get(i)).ifPresent(text -> templates.add(parse(path, text)));
            }
            parsed.add(templates);
        }
        return parsed;
    }

    /** The messages with values for variables and placeholders. */
    List<ChatMessage> rendered(
            Map<String, ? extends @Nullable Object> values,
            Map<String, ? extends List<ChatMessage>> placeholders,
            VariablesSchema schema) {
        Map<String, @Nullable Object> all = new HashMap<>(schema.defaults());
        all.putAll(Check.present("values", values));
        Check.present("placeholders", placeholders);
        Set<String> missing = new LinkedHashSet<>();
        List<ChatMessage> rendered = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i) instanceof ChatMessage chat) {
                rendered.add(rendered(chat, i, all, schema.optional(), missing));
            } else {
                String name = ((MessagesPlaceholder) messages.get(i)).name();
                Optional.ofNullable(placeholders.get(name)).ifPresentOrElse(rendered::addAll, () -> missing.add(name));
            }
        }
        if (!missing.isEmpty()) {
            throw new MissingVariablesException(missing);
        }
        return List.copyOf(rendered);
    }

    private ChatMessage rendered(
            ChatMessage message,
            int place,
            Map<String, @Nullable Object> values,
            Set<String> optional,
            Set<String> missing) {
        List<MessagePart> parts = new ArrayList<>();
        for (MessagePart part : message.parts()) {
            String path = path(place, parts.size());
            parts.add(template(part)
                    .map(text -> with(part, filled(parse(path, text), values, optional, missing)))
                    .orElse(part));
        }
        return new ChatMessage(message.role(), parts);
    }

    /** The text, or an empty one if variables are missing. */
    private static String filled(
            Template template, Map<String, @Nullable Object> values, Set<String> optional, Set<String> missing) {
        try {
            return template.render(values, optional);
        } catch (MissingVariablesException e) {
            missing.addAll(e.names());
            return "?";
        }
    }

    private Template parse(String path, String text) {
        try {
            return Template.parse(format, text);
        } catch (TemplateSyntaxException e) {
            throw e.at(path, null);
        }
    }

    private static String path(int message, int part) {
        return "messages[" + message + "].parts[" + part + "]";
    }

    private static Optional<String> template(MessagePart part) {
        if (part instanceof MessagePart.Text text) {
            return Optional.of(text.text());
        }
        if (part instanceof MessagePart.Image image) {
            return Optional.of(image.url());
        }
        return part instanceof MessagePart.ToolResult result ? Optional.of(result.text()) : Optional.empty();
    }

    private static MessagePart with(MessagePart part, String text) {
        if (part instanceof MessagePart.Image image) {
            return new MessagePart.Image(text, image.detail());
        }
        return part instanceof MessagePart.ToolResult result
                ? new MessagePart.ToolResult(result.toolCallId(), text)
                : new MessagePart.Text(text);
    }
}
