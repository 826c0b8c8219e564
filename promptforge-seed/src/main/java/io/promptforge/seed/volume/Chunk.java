package io.promptforge.seed.volume;

import java.util.UUID;
import java.util.stream.LongStream;

/**
 * Neighbouring traces that are written by one transaction.
 *
 * @param first the index of the first
 * @param end the index behind the last
 */
record Chunk(long first, long end) {
    /** Some 1,000 spans: a transaction of some 30 ms, whose own cost is small against it. */
    static final int SIZE = 100;

    /** The chunk with this number, of so many traces in all. */
    static Chunk of(long number, long traces) {
        return new Chunk(number * SIZE, Math.min((number + 1) * SIZE, traces));
    }

    /** How many chunks so many traces are. */
    static long count(long traces) {
        return (traces + SIZE - 1) / SIZE;
    }

    LongStream indexes() {
        return LongStream.range(first, end);
    }

    UUID[] ids(VolumeTraces traces) {
        return indexes().mapToObj(traces::id).toArray(UUID[]::new);
    }
}
