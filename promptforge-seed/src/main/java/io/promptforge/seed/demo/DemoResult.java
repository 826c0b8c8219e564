package io.promptforge.seed.demo;

import java.util.UUID;

/**
 * The result of a load.
 *
 * @param organizationId the demo organization
 * @param outcome whether it was created, completed or left as it was
 * @param created the number of parts that were added; a prompt with its version, an evaluation with its results and a trace
 *     with its spans are one part each
 */
public record DemoResult(UUID organizationId, Outcome outcome, int created) {
    /** What a load did to the demo organization. */
    public enum Outcome {
        /** It did not exist and was created. */
        LOADED,
        /** It existed, and missing parts were added. */
        COMPLETED,
        /** It existed completely; nothing was changed. */
        UNCHANGED
    }
}
