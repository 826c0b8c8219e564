package io.promptforge.dao.prompt;

/**
 * What deploying a version came to.
 *
 * @param deployment the live deployment of the environment
 * @param isNew whether the call made it; false when the version was live there already
 */
public record Rollout(PromptDeployment deployment, boolean isNew) {}
