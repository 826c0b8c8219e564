package io.promptforge.dao.evaluation;

/**
 * The distribution of one measure over the results that have it.
 *
 * @param average their mean, rounded to the decimals that the measure is stored with
 * @param median the smallest value that at least half of them do not exceed
 * @param percentile95 the smallest value that at least 95 % of them do not exceed
 * @param <T> the measure's type
 */
public record Distribution<T>(T average, T median, T percentile95) {}
