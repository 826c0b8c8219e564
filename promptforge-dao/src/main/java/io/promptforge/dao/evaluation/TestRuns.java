package io.promptforge.dao.evaluation;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * All repetitions of one test in one evaluation.
 *
 * @param runs number of repetitions, 1 or more
 * @param passed number of repetitions that passed
 * @param averageScore mean of the scores, 0 to 1, with 6 decimals; empty if no repetition has one
 */
public record TestRuns(int runs, int passed, Optional<BigDecimal> averageScore) {
    /** The part of the repetitions that passed, 0 to 1. */
    public double passRate() {
        return (double) passed / runs;
    }
}
