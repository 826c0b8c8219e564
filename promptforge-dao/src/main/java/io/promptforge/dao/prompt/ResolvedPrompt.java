package io.promptforge.dao.prompt;

/**
 * A prompt together with one of its versions.
 *
 * @param prompt the prompt
 * @param version the version
 */
public record ResolvedPrompt(Prompt prompt, PromptVersion version) {}
