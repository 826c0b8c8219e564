package io.promptforge.seed.volume;

import java.time.Duration;

/**
 * How far a load has come.
 *
 * @param step what is being done
 * @param spans how many spans are done
 * @param total how many there are to do in this step
 * @param elapsed since the load began
 */
public record VolumeProgress(Step step, long spans, long total, Duration elapsed) {
    /** What a load does, one after the other. */
    public enum Step {
        /** Writes the spans that are not there yet. */
        WRITING,
        /** Reads all of them back. */
        CHECKING
    }
}
