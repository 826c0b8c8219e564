package io.promptforge.dao.evaluation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A score of a result beside its main one.
 *
 * @param metric what is scored; an evaluation may declare its scale
 * @param value the number, with 6 decimals; 1 for yes and 0 for no; empty for a label
 * @param label the label; empty for a number
 * @param comment why
 * @param source the kind of what gave it; empty if unknown
 * @param givenBy the person, model or program that gave it
 * @param addedAt when it was added to the stored result; empty if it was stored with it
 */
public record Score(
        String metric,
        Optional<BigDecimal> value,
        Optional<String> label,
        Optional<String> comment,
        Optional<ScoreSource> source,
        Optional<String> givenBy,
        Optional<Instant> addedAt) {}
