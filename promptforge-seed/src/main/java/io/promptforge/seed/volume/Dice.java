package io.promptforge.seed.volume;

/**
 * Random numbers that are equal in every JVM: SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
 * Generators", 2014). The JDK's own generators promise this for {@code java.util.Random} only, whose neighbouring seeds
 * resemble each other. For one thread.
 */
final class Dice {
    private static final long GOLDEN_GAMMA = 0x9e37_79b9_7f4a_7c15L;

    private long state;

    private Dice(long state) {
        this.state = state;
    }

    /** The random numbers for one index and purpose; independent of those for others. */
    static Dice of(long seed, String purpose, long index) {
        return new Dice(mix(mix(mix(seed) ^ purpose.hashCode()) ^ index));
    }

    long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** From 0, inclusive, to 1, exclusive. */
    double unit() {
        return (next() >>> 11) * 0x1p-53;
    }

    /** From 0, inclusive, to the bound, exclusive. */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    /** From 0, inclusive, to the bound, exclusive; low numbers are much more frequent than high ones. */
    int skewed(int bound) {
        double unit = unit();
        return (int) (unit * unit * unit * bound);
    }

    /** Log-normal: durations and sizes have this shape. Half of them are below the median; 1 % exceed it e^(2.3 sigma) times. */
    double around(double median, double sigma) {
        // StrictMath, because Math may differ in the last digit from machine to machine.
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
        return median * StrictMath.exp(sigma * radius * StrictMath.cos(2 * Math.PI * unit()));
    }

    /** A log-normal whole number, limited to bounds. */
    long around(double median, double sigma, long least, long most) {
        return Math.max(least, Math.min(most, Math.round(around(median, sigma))));
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return mixed ^ (mixed >>> 31);
    }
}
