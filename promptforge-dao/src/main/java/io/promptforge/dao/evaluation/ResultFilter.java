package io.promptforge.dao.evaluation;

import io.promptforge.dao.internal.check.Check;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Which results of an evaluation are listed: those that meet all that is given.
 *
 * @param passed whether they passed
 * @param lowestScore a score of this or more, 0 to 1
 * @param highestScore a score of this or less, 0 to 1
 * @param text a part of the test's name or of the error message, in any letter case
 */
public record ResultFilter(
        Optional<Boolean> passed,
        Optional<BigDecimal> lowestScore,
        Optional<BigDecimal> highestScore,
        Optional<String> text) {
    /** Checks what the database would not name. */
    public ResultFilter {
        Check.present("passed", passed);
        Check.present("score", lowestScore).ifPresent(ResultFilter::checkScore);
        Check.present("score", highestScore).ifPresent(ResultFilter::checkScore);
        Check.present("text", text).ifPresent(part -> Check.text("text", part));
    }

    /** All results. */
    public static ResultFilter all() {
        return new ResultFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same, that passed, or that did not. */
    public ResultFilter withPassed(boolean wanted) {
        return new ResultFilter(Optional.of(wanted), lowestScore, highestScore, text);
    }

    /** The same, with a score of this or more. */
    public ResultFilter withLowestScore(BigDecimal score) {
        return new ResultFilter(passed, Optional.of(Check.present("score", score)), highestScore, text);
    }

    /** The same, with a score of this or less. */
    public ResultFilter withHighestScore(BigDecimal score) {
        return new ResultFilter(passed, lowestScore, Optional.of(Check.present("score", score)), text);
    }

    /** The same, with this text in the test's name or in the error message, in any letter case. */
    public ResultFilter withText(String part) {
        return new ResultFilter(passed, lowestScore, highestScore, Optional.of(Check.present("text", part)));
    }

    private static void checkScore(BigDecimal score) {
        Check.optionalNumber("score", score, BigDecimal.ZERO, BigDecimal.ONE);
    }
}
