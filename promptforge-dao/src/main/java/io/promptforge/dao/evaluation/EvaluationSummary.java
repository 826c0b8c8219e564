package io.promptforge.dao.evaluation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * The results of an evaluation in a few numbers.
 *
 * @param tests results
 * @param passed results that passed
 * @param failed results that did not pass
 * @param averageScore mean of the scores, 0 to 1; empty when no result has one
 * @param medianLatency half of the calls were at least as fast; empty when no result has a latency
 * @param tokens tokens read and written by all calls
 * @param cost US dollars for all calls
 */
public record EvaluationSummary(
        int tests,
        int passed,
        int failed,
        Optional<BigDecimal> averageScore,
        Optional<Duration> medianLatency,
        long tokens,
        BigDecimal cost) {
    /** The part of the tests that passed, 0 to 1; 0 when there is no test. */
    public double passRate() {
        return tests == 0 ? 0 : (double) passed / tests;
    }
}
