package io.promptforge.dao.evaluation;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * All runs of one test in one evaluation: its repetitions, of all variants or of one.
 *
 * @param runs number of runs, 1 or more
 * @param passed number of runs that passed
 * @param errors number of runs that failed with an error
 * @param averageScore mean of the main scores, with 6 decimals; empty if no run has one
 */
public record TestRuns(int runs, int passed, int errors, Optional<BigDecimal> averageScore) {
    /** The part that passed of the runs without an error, 0 to 1; 0 if there is none. */
    public double passRate() {
        return runs == errors ? 0 : (double) passed / (runs - errors);
    }
}
