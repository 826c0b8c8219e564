package io.promptforge.dao.evaluation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * The summary of a candidate minus that of its base, measure by measure. Empty where one of the two has no value.
 *
 * @param passRate difference of the parts of the results that passed, -1 to 1
 * @param averageScore difference of the average scores, -1 to 1
 * @param medianLatency difference of the median latencies
 * @param totalTokens difference of the tokens read and written by all calls
 * @param totalCost difference of the costs of all calls in US dollars
 */
public record SummaryDifference(
        OptionalDouble passRate,
        Optional<BigDecimal> averageScore,
        Optional<Duration> medianLatency,
        long totalTokens,
        BigDecimal totalCost) {
    static SummaryDifference between(EvaluationSummary base, EvaluationSummary candidate) {
        return new SummaryDifference(
                base.tests() == 0 || candidate.tests() == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(candidate.passRate() - base.passRate()),
                difference(base.score(), candidate.score(), Distribution::average, BigDecimal::subtract),
                difference(base.latency(), candidate.latency(), Distribution::median, Duration::minus),
                candidate.totalTokens() - base.totalTokens(),
                candidate.totalCost().subtract(base.totalCost()));
    }

    private static <T> Optional<T> difference(
            Optional<Distribution<T>> base,
            Optional<Distribution<T>> candidate,
            Function<Distribution<T>, T> measure,
            BinaryOperator<T> minus) {
        return candidate.map(measure).flatMap(greater -> base.map(measure)
                .map(smaller -> minus.apply(greater, smaller)));
    }
}
