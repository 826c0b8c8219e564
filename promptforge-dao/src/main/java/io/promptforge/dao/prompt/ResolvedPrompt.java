package io.promptforge.dao.prompt;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A prompt together with one of its versions.
 *
 * @param prompt the prompt
 * @param version the version
 */
public record ResolvedPrompt(Prompt prompt, PromptVersion version) {
    /** {@link PromptVersion#render(Map)} of the version. */
    public List<ChatMessage> render(Map<String, ? extends @Nullable Object> values) {
        return version.render(values);
    }

    /** {@link PromptVersion#render(Map, Map)} of the version. */
    public List<ChatMessage> render(
            Map<String, ? extends @Nullable Object> values, Map<String, ? extends List<ChatMessage>> placeholders) {
        return version.render(values, placeholders);
    }
}
