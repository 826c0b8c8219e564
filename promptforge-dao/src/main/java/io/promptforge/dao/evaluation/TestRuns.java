package io.promptforge.dao.evaluation;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * One test in all repetitions of one evaluation.
 *
 * @param runs repetitions, 1 or more
 * @param passed repetitions that passed
 * @param averageScore mean of the scores, 0 to 1, with 6 decimals; empty when no repetition has one
 */
public record TestRuns(int runs, int passed, Optional<BigDecimal> averageScore) {
    /** The part of the repetitions that passed, 0 to 1. */
    public double passRate() {
        return (double) passed / runs;
    }
}
