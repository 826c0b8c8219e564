package io.promptforge.dao.prompt;

/**
 * What a commit came to.
 *
 * @param version the prompt's newest version, which says what was committed
 * @param isNew whether the commit made it; false when it was there already and said the same with the same tags
 */
public record Commit(PromptVersion version, boolean isNew) {}
