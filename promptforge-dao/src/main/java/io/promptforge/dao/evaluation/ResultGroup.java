package io.promptforge.dao.evaluation;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/**
 * Totals of the results of one group. Scores of different scales are not comparable: filter by evaluator, or group by it, where results
 * have different scales.
 *
 * @param id the evaluator, project or model; empty for a category, and for results that have none
 * @param name the name of the evaluator, category, project or model; empty for results that have none
 * @param results number of results
 * @param passed number of results that passed
 * @param failed number of results that were run and did not pass
 * @param errors number of results of tests that could not be run
 * @param averageScore mean of the main scores, with 6 decimals; empty if no result has one
 */
public record ResultGroup(
        Optional<UUID> id,
        Optional<String> name,
        long results,
        long passed,
        long failed,
        long errors,
        Optional<BigDecimal> averageScore) {
    /** The part that passed of the tests that could be run, 0 to 1; 0 if none could. */
    public double passRate() {
        return passed + failed == 0 ? 0 : (double) passed / (passed + failed);
    }
}
