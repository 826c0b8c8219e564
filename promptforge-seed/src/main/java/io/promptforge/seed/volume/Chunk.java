package io.promptforge.seed.volume;

import java.util.UUID;
import java.util.stream.LongStream;

/**
 * A range of traces that is written by one transaction.
 *
 * @param first the index of the first
 * @param end the index after the last
 */
record Chunk(long first, long end) {
    /** About 1,000 spans: large enough that the cost of a transaction is small against it. */
    static final int SIZE = 100;

    /** A chunk by number, for this number of traces in all. */
    static Chunk of(long number, long traces) {
        return new Chunk(number * SIZE, Math.min((number + 1) * SIZE, traces));
    }

    /** The number of chunks for this number of traces. */
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
