package io.promptforge.seed.volume;

import java.time.Duration;

/**
 * The progress of a load.
 *
 * @param step the current step
 * @param spans the number of spans that are done in this step
 * @param total the number of spans in this step
 * @param elapsed the time since the load began
 */
public record VolumeProgress(Step step, long spans, long total, Duration elapsed) {
    /** The steps of a load, in their order. */
    public enum Step {
        /** Writes the missing spans. */
        WRITING,
        /** Reads all spans back and compares their totals. */
        CHECKING
    }
}
