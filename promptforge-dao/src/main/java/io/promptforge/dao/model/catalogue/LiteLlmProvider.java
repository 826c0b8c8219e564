package io.promptforge.dao.model.catalogue;

import io.promptforge.schema.type.ProviderType;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A provider, for which LiteLLM has several names where it has several endpoints. Those of the standard catalogue have its keys, so that
 * they are one provider of the organization.
 *
 * @param key identifies it in all editions
 * @param name the display name
 * @param type the API
 * @param prefix what LiteLLM puts before the names of its models
 */
record LiteLlmProvider(String key, String name, ProviderType type, String prefix) {
    /** What LiteLLM adds to the name of a provider for an endpoint. */
    private static final Pattern ENDPOINT = Pattern.compile("^text-completion-|(?<=^vertex_ai|^fireworks_ai)-.*|"
            + "(?<=^bedrock)_converse$|(?<=^cohere)_chat$|(?<=^azure)_text$");

    private static final Map<String, LiteLlmProvider> NAMED = Map.of(
            "openai", provider("openai", "OpenAI", ProviderType.OPENAI, "openai"),
            "anthropic", provider("anthropic", "Anthropic", ProviderType.ANTHROPIC, "anthropic"),
            "gemini", provider("google", "Google Gemini", ProviderType.GOOGLE, "gemini"),
            "vertex_ai", provider("vertex_ai", "Vertex AI", ProviderType.GOOGLE, "vertex_ai"),
            "cohere", provider("cohere", "Cohere", ProviderType.COHERE, "cohere"),
            "huggingface", provider("huggingface", "Hugging Face", ProviderType.HUGGINGFACE, "huggingface"),
            "bedrock", provider("bedrock", "Amazon Bedrock", ProviderType.CUSTOM, "bedrock"),
            "azure", provider("azure", "Azure OpenAI", ProviderType.CUSTOM, "azure"),
            "azure_ai", provider("azure_ai", "Azure AI", ProviderType.CUSTOM, "azure_ai"),
            "mistral", provider("mistral", "Mistral AI", ProviderType.CUSTOM, "mistral"));

    private static LiteLlmProvider provider(String key, String name, ProviderType type, String prefix) {
        return new LiteLlmProvider(key, name, type, prefix + "/");
    }

    /** The provider that LiteLLM calls by this name. */
    static LiteLlmProvider of(String reported) {
        String name = ENDPOINT.matcher(reported).replaceFirst("");
        LiteLlmProvider known = NAMED.get(name);
        return known == null ? provider(name, name, ProviderType.CUSTOM, name) : known;
    }

    /** The provider's own name of a model. */
    String modelName(String entry) {
        return entry.startsWith(prefix) && entry.length() > prefix.length() ? entry.substring(prefix.length()) : entry;
    }
}
