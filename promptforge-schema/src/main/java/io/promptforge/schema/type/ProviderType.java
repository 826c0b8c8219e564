package io.promptforge.schema.type;

/** Whose API a model provider speaks. */
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
    /** Any other. */
    CUSTOM
}
