package io.promptforge.schema.type;

/** The API of a model provider. */
public enum ProviderType {
    /** OpenAI. */
    OPENAI,
    /** Anthropic. */
    ANTHROPIC,
    /** Google. */
    GOOGLE,
    /** Cohere. */
    COHERE,
    /** Hugging Face. */
    HUGGINGFACE,
    /** Any other API. */
    CUSTOM
}
