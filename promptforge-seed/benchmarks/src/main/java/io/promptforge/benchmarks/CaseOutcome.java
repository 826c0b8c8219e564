package io.promptforge.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results of a case.
 *
 * @param subject the case
 * @param nanos the time per operation in each round, by contender, the baseline first; equal indexes are the same round
 * @param failures the messages of contenders that failed
 */
record CaseOutcome(Case subject, Map<String, double[]> nanos, Map<String, String> failures) {
    String name() {
        return subject.name();
    }

    List<String> contenders() {
        return List.copyOf(nanos.keySet());
    }

    /** The median time per operation, in nanoseconds. */
    double median(String contender) {
        return quantile(rounds(contender), 0.5);
    }

    /** The interquartile range, as a fraction of the median. */
    double spread(String contender) {
        double[] rounds = rounds(contender);
        return (quantile(rounds, 0.75) - quantile(rounds, 0.25)) / quantile(rounds, 0.5);
    }

    /**
     * The ratio of a contender to another: the median over the ratios of the rounds, in each of which both ran within a
     * moment. A ratio of rates or of times, by the measure of the case. Empty if one of them did not take part.
     */
    Optional<Double> ratio(String contender, String baseline) {
        if (!nanos.containsKey(contender) || !nanos.containsKey(baseline)) {
            return Optional.empty();
        }
        double[] own = rounds(contender);
        double[] other = rounds(baseline);
        double[] ratios = new double[own.length];
        Arrays.setAll(ratios, i -> subject.measure() == Case.Measure.RATE ? other[i] / own[i] : own[i] / other[i]);
        return Optional.of(quantile(ratios, 0.5));
    }

    private double[] rounds(String contender) {
        double[] rounds = nanos.get(contender);
        if (rounds == null) {
            throw new IllegalArgumentException(contender + " takes no part in " + name());
        }
        return rounds;
    }

    /** A quantile, interpolated linearly between the two nearest values. */
    static double quantile(double[] values, double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
