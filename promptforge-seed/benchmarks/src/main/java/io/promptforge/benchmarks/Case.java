package io.promptforge.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is measured: several ways to do the same work.
 *
 * @param name what is done, unique
 * @param measure the unit of the results
 * @param contenders the ways; the others are compared with the first, the baseline
 * @param targets the ratios that are promised
 * @param check requires that all contenders come to the same result
 * @param afterwards restores the rows that were stored before the case
 */
record Case(
        String name,
        Measure measure,
        List<Contender> contenders,
        List<Target> targets,
        Check check,
        Runnable afterwards) {
    /** The name of the contender that is this library. */
    static final String PROMPTFORGE = "PromptForge";

    /** The library by a role that row-level security confines to one tenant. */
    static final String CONFINED = "PromptForge, confined";

    static Case of(String name, Measure measure, List<Contender> contenders, Check check) {
        return new Case(name, measure, List.copyOf(contenders), List.of(), check, () -> {});
    }

    Case afterwards(Runnable restore) {
        return new Case(name, measure, contenders, targets, check, restore);
    }

    /** A copy with further contenders, which take no part in the check. */
    Case with(Contender... further) {
        return new Case(
                name,
                measure,
                Stream.concat(contenders.stream(), Stream.of(further)).toList(),
                targets,
                check,
                afterwards);
    }

    /** A copy that promises a ratio of PromptForge to another contender. */
    Case promising(String baseline, double limit) {
        List<Target> all = new ArrayList<>(targets);
        all.add(new Target(baseline, limit));
        return new Case(name, measure, contenders, all, check, afterwards);
    }

    /** The unit of results, which says as well whether a greater ratio to the baseline is better. */
    enum Measure {
        /** Operations per second: greater is better. */
        RATE,
        /** Time per operation: smaller is better. */
        TIME;

        boolean keeps(double ratio, double limit) {
            return this == RATE ? ratio >= limit : ratio <= limit;
        }
    }

    /**
     * A promised ratio of PromptForge.
     *
     * @param baseline the contender it is compared with
     * @param limit the least ratio of rates, or the greatest ratio of times
     */
    record Target(String baseline, double limit) {}

    /**
     * One way to do the work.
     *
     * @param name the library or technique
     * @param preparation prepares a round; not measured
     */
    record Contender(String name, Preparation preparation) {}

    /** Prepares a round. */
    interface Preparation {
        /** The work of the next round. Work that writes gets new rows in each round. */
        Work next() throws Exception;
    }

    /** The measured part of a round. */
    interface Work {
        /** Does the work; returns the number of operations. */
        long run() throws Exception;
    }

    /** Compares the results of the contenders. */
    interface Check {
        /**
         * Compares the results.
         *
         * @throws IllegalStateException if they differ
         */
        void requireEqualResults() throws Exception;

        /** Runs each contender once and compares the state of the database after each of them. */
        static Check ofStates(List<Contender> contenders, State state) {
            return () -> {
                Optional<Object> expected = Optional.empty();
                for (Contender contender : contenders) {
                    contender.preparation().next().run();
                    Object left = state.read();
                    if (!expected.orElse(left).equals(left)) {
                        throw new IllegalStateException(contender.name() + " leaves\n" + left + "\nwhere "
                                + contenders.get(0).name() + " leaves\n" + expected.get());
                    }
                    expected = Optional.of(left);
                }
            };
        }
    }

    /** Reads the state of the database that a contender's work leaves. */
    interface State {
        Object read();
    }
}
