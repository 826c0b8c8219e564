package io.promptforge.benchmarks;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is measured: several ways of doing the same, of which the first is what the others are compared with.
 *
 * @param name what is done, unique
 * @param measure how a result is told
 * @param contenders who does it; the first is the baseline
 * @param afterwards brings the database back to what it was
 */
record Case(String name, Measure measure, List<Contender> contenders, Runnable afterwards) {
    static Case reading(String name, List<Contender> contenders) {
        return new Case(name, Measure.TIME, contenders, () -> {});
    }

    /** The same with further contenders. */
    Case with(List<Contender> others) {
        return new Case(
                name,
                measure,
                Stream.concat(contenders.stream(), others.stream()).toList(),
                afterwards);
    }

    /** How a result is told, and which way its ratio to the baseline points. */
    enum Measure {
        /** Operations per second: more is better. */
        RATE,
        /** Time per operation: less is better. */
        TIME
    }

    /**
     * One way of doing it.
     *
     * @param name whose way it is
     * @param preparation gets ready for a round; not measured
     */
    record Contender(String name, Preparation preparation) {}

    /** Gets ready for a round. */
    interface Preparation {
        /** The work of the round, with rows of its own where rows must be new. */
        Work next() throws Exception;
    }

    /** What is measured. */
    interface Work {
        /** Does the work of a round; returns how many operations it was. */
        long run() throws Exception;
    }
}
