package io.promptforge.dao;

/**
 * How far {@link PromptForge#resealSecrets} is.
 *
 * @param organizations how many there were when it began
 * @param organizationsDone how many of them are done
 * @param secretsSealed how many secrets were sealed anew
 */
public record SealingProgress(long organizations, long organizationsDone, long secretsSealed) {
    SealingProgress and(int sealed) {
        return new SealingProgress(organizations, organizationsDone + 1, secretsSealed + sealed);
    }
}
