package io.promptforge.dao.prompt;

/**
 * The outcome of deploying a version.
 *
 * @param deployment the live deployment of the environment
 * @param isNew whether the call added it; false if the version was live there already
 */
public record Rollout(PromptDeployment deployment, boolean isNew) {}
