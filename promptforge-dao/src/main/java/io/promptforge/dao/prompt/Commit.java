package io.promptforge.dao.prompt;

/**
 * The outcome of a commit.
 *
 * @param version the prompt's newest version, which has the committed content
 * @param isNew whether the commit added it; false if the newest version had equal content and tags already
 */
public record Commit(PromptVersion version, boolean isNew) {}
