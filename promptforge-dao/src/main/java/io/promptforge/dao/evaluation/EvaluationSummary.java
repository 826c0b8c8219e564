package io.promptforge.dao.evaluation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * The results of an evaluation in a few numbers. A distribution is empty when no result has the measure.
 *
 * @param tests results
 * @param passed results that passed
 * @param failed results that did not pass
 * @param score scores, 0 to 1, the average with 6 decimals
 * @param latency how long the calls took, the average in whole microseconds
 * @param tokens tokens of a call, read and written together, the average in whole tokens
 * @param cost US dollars of a call, the average with 12 decimals
 * @param totalTokens tokens read and written by all calls
 * @param totalCost US dollars for all calls
 */
public record EvaluationSummary(
        int tests,
        int passed,
        int failed,
        Optional<Distribution<BigDecimal>> score,
        Optional<Distribution<Duration>> latency,
        Optional<Distribution<Long>> tokens,
        Optional<Distribution<BigDecimal>> cost,
        long totalTokens,
        BigDecimal totalCost) {
    /** The part of the results that passed, 0 to 1; 0 when there is none. */
    public double passRate() {
        return tests == 0 ? 0 : (double) passed / tests;
    }
}
