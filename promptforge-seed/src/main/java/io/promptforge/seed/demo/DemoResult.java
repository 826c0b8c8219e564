package io.promptforge.seed.demo;

import java.util.UUID;

/**
 * What a load did.
 *
 * @param organizationId the demo organization
 * @param outcome what became of it
 * @param created how many things were made: an organization, a user, a prompt with its version, an evaluation with its
 *     results and a trace with its spans count as one each
 */
public record DemoResult(UUID organizationId, Outcome outcome, int created) {
    /** What became of the demo organization. */
    public enum Outcome {
        /** It was not there, and is now. */
        LOADED,
        /** It lacked something, which was added. */
        COMPLETED,
        /** It was there, whole; nothing was changed. */
        UNCHANGED
    }
}
