package io.promptforge.dao.evaluation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * What the summary of a candidate has more than that of its base; negative where it has less. Empty where one of the two
 * has no value.
 *
 * @param passRate the part of the results that passed
 * @param averageScore the average score
 * @param medianLatency the median latency
 * @param totalTokens tokens read and written by all calls
 * @param totalCost US dollars for all calls
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
