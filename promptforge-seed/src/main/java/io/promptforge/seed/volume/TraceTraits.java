package io.promptforge.seed.volume;

import org.jspecify.annotations.Nullable;

/**
 * What only some traces have. Drawn by dice of its own, so that a new trait changes nothing else of a seed.
 *
 * @param usageRepeated whether agents report the sum of the usage below them, as many frameworks do
 * @param costReported whether the calls of models report their cost
 * @param caller the id of the span of another service that called the root; null if there is none
 * @param revision of the records of the trace and its spans
 * @param promptVersion whether it names the prompt version of its project
 * @param tagged whether it has tags
 * @param renamed whether a person gave it another name
 * @param redacted whether its payloads were removed
 */
record TraceTraits(
        boolean usageRepeated,
        boolean costReported,
        @Nullable Long caller,
        int revision,
        boolean promptVersion,
        boolean tagged,
        boolean renamed,
        boolean redacted) {
    static TraceTraits of(VolumeSpec spec, long index) {
        Dice dice = Dice.of(spec.seed(), "traits", index);
        return new TraceTraits(
                dice.chance(0.3),
                dice.chance(0.05),
                dice.chance(0.08) ? (Long) (dice.next() | 1) : null,
                dice.chance(0.02) ? 1 + dice.below(2) : 0,
                dice.chance(0.6),
                dice.chance(0.25),
                dice.chance(0.01),
                dice.chance(0.005));
    }
}
