package io.promptforge.dao.evaluation;

/**
 * How the values of one measure are spread over the results that have one.
 *
 * @param average their mean, rounded to what the measure is stored in
 * @param median the smallest value that at least half of them do not exceed
 * @param percentile95 the smallest value that at least 95 % of them do not exceed
 * @param <T> the measure's type
 */
public record Distribution<T>(T average, T median, T percentile95) {}
