package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Case.Measure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came out of a case.
 *
 * @param name the case
 * @param measure how it is told
 * @param nanos the time per operation in each round, by contender, the baseline first; the rounds of all belong together
 * @param failures why a contender did not take part
 */
record Outcome(String name, Measure measure, Map<String, double[]> nanos, Map<String, String> failures) {
    List<String> contenders() {
        return List.copyOf(nanos.keySet());
    }

    /** The median time per operation, in nanoseconds. */
    double median(String contender) {
        return quantile(rounds(contender), 0.5);
    }

    /** The distance of the quartiles, as a part of the median. */
    double spread(String contender) {
        double[] rounds = rounds(contender);
        return (quantile(rounds, 0.75) - quantile(rounds, 0.25)) / quantile(rounds, 0.5);
    }

    /**
     * How one compares with another: the median over the ratios of the rounds, in each of which both ran within a moment.
     * Of speeds for a rate, of times for a time. Empty where one of them did not take part.
     */
    Optional<Double> ratio(String contender, String baseline) {
        if (!nanos.containsKey(contender) || !nanos.containsKey(baseline)) {
            return Optional.empty();
        }
        double[] own = rounds(contender);
        double[] other = rounds(baseline);
        double[] ratios = new double[own.length];
        Arrays.setAll(ratios, i -> measure == Measure.RATE ? other[i] / own[i] : own[i] / other[i]);
        return Optional.of(quantile(ratios, 0.5));
    }

    private double[] rounds(String contender) {
        double[] rounds = nanos.get(contender);
        if (rounds == null) {
            throw new IllegalArgumentException(contender + " takes no part in " + name);
        }
        return rounds;
    }

    /** Between the two values next to it, in proportion. */
    static double quantile(double[] values, double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
