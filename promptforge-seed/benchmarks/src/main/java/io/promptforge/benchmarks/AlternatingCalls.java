package io.promptforge.benchmarks;

import io.promptforge.benchmarks.ReadCase.Way;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Calls PromptForge and JDBC alternately, so that in a fresh JVM both are compiled at the same pace.
 *
 * @param <K> what identifies a record to be read
 */
final class AlternatingCalls<K> {
    private final List<K> keys;
    private final Way<K> promptForge;
    private final Way<K> jdbc;
    private long calls;

    AlternatingCalls(ReadCase<K> subject) {
        keys = subject.keys();
        promptForge = Objects.requireNonNull(subject.ways().get(Case.PROMPTFORGE));
        jdbc = Objects.requireNonNull(subject.ways().get(ReadCase.JDBC));
    }

    /** Calls each until it was called this number of times in all, or this time has passed. */
    void callUntil(long total, Duration limit) throws Exception {
        long start = System.nanoTime();
        while (calls < total && System.nanoTime() - start < limit.toNanos()) {
            callBoth();
        }
    }

    /** Calls each this number of times. */
    Sample measure(int number) throws Exception {
        long before = calls;
        double[] own = new double[number];
        double[] other = new double[number];
        for (int i = 0; i < number; i++) {
            long[] nanos = callBoth();
            own[i] = nanos[0];
            other[i] = nanos[1];
        }
        return new Sample(before, CaseOutcome.quantile(own, 0.5), CaseOutcome.quantile(other, 0.5));
    }

    /** Every second time in the other order. */
    private long[] callBoth() throws Exception {
        K key = keys.get((int) (calls % keys.size()));
        boolean first = calls++ % 2 == 0;
        long one = nanos(first ? promptForge : jdbc, key);
        long two = nanos(first ? jdbc : promptForge, key);
        return first ? new long[] {one, two} : new long[] {two, one};
    }

    private long nanos(Way<K> way, K key) throws Exception {
        long start = System.nanoTime();
        way.read(key);
        return System.nanoTime() - start;
    }

    /**
     * Median times of a call.
     *
     * @param calls the calls of each before the measured ones
     * @param promptForge in nanoseconds
     * @param jdbc in nanoseconds
     */
    record Sample(long calls, double promptForge, double jdbc) {
        double ratio() {
            return promptForge / jdbc;
        }

        /** A line that {@link #parse} reads. */
        String line() {
            return calls + " " + promptForge + " " + jdbc;
        }

        static Sample parse(String line) {
            String[] values = line.split(" ", -1);
            return new Sample(Long.parseLong(values[0]), Double.parseDouble(values[1]), Double.parseDouble(values[2]));
        }
    }
}
