package io.promptforge.dao.evaluation;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import java.math.BigDecimal;
import java.util.List;

/**
 * The conditions that a listed or counted result of an evaluation meets, all of them. Immutable and thread-safe. Methods refuse
 * null, and values out of range, with an {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class ResultFilter extends Input<ResultFilter> {
    static final Criterion<List<ResultOutcome>> OUTCOME = new Criterion<>("outcome");
    static final Criterion<BigDecimal> MIN_SCORE = new Criterion<>("min_score");
    static final Criterion<BigDecimal> MAX_SCORE = new Criterion<>("max_score");
    static final Criterion<String> TEXT = new Criterion<>("text");

    private static final ResultFilter ALL = new ResultFilter(Criteria.none());

    private final Criteria criteria;

    private ResultFilter(Criteria criteria) {
        super(criteria);
        this.criteria = criteria;
    }

    /** Passes every result of the evaluation. */
    public static ResultFilter all() {
        return ALL;
    }

    /** Requires one of these outcomes; any outcome, if none is given. */
    public ResultFilter outcome(ResultOutcome... any) {
        return with(OUTCOME, Check.choices("outcome", any));
    }

    /** Requires a score of at least this, 0 to 1. */
    public ResultFilter minScore(BigDecimal score) {
        return with(MIN_SCORE, score("min_score", score));
    }

    /** Requires a score of at most this, 0 to 1. */
    public ResultFilter maxScore(BigDecimal score) {
        return with(MAX_SCORE, score("max_score", score));
    }

    /** Requires this text in the name of the test or in the error message, in any letter case. */
    public ResultFilter text(String part) {
        return with(TEXT, Check.text("text", part));
    }

    private static BigDecimal score(String field, BigDecimal score) {
        return Check.present(field, Check.optionalNumber(field, score, BigDecimal.ZERO, BigDecimal.ONE));
    }

    private <T> ResultFilter with(Criterion<T> criterion, T value) {
        return new ResultFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }
}
