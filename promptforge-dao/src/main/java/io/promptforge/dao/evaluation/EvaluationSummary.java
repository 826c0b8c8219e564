package io.promptforge.dao.evaluation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * Totals and distributions over all results of an evaluation. A distribution is empty if no result has the measure.
 *
 * @param tests number of results
 * @param passed number of results that passed
 * @param failed number of results that were run and did not pass
 * @param errors number of results of tests that could not be run
 * @param score main scores, the average with 6 decimals
 * @param latency durations of the calls, the average in whole microseconds
 * @param tokens tokens of a call, read and written together, the average in whole tokens
 * @param cost cost of a call in US dollars, the average with 12 decimals
 * @param totalTokens tokens read and written by all calls
 * @param totalCost cost of all calls in US dollars
 */
public record EvaluationSummary(
        int tests,
        int passed,
        int failed,
        int errors,
        Optional<Distribution<BigDecimal>> score,
        Optional<Distribution<Duration>> latency,
        Optional<Distribution<Long>> tokens,
        Optional<Distribution<BigDecimal>> cost,
        long totalTokens,
        BigDecimal totalCost) {
    /** The part that passed of the tests that could be run, 0 to 1; 0 if none could. */
    public double passRate() {
        int run = passed + failed;
        return run == 0 ? 0 : (double) passed / run;
    }
}
