package io.promptforge.dao.evaluation;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import java.util.List;

/**
 * The conditions that a listed test of two evaluations meets, all of them. Immutable and thread-safe. Methods refuse null with an
 * {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class ComparisonFilter extends Input<ComparisonFilter> {
    static final Criterion<List<ComparisonOutcome>> OUTCOME = new Criterion<>("outcome");
    static final Criterion<String> TEXT = new Criterion<>("text");

    private static final ComparisonFilter ALL = new ComparisonFilter(Criteria.none());

    private final Criteria criteria;

    private ComparisonFilter(Criteria criteria) {
        super(criteria);
        this.criteria = criteria;
    }

    /** Passes every test. */
    public static ComparisonFilter all() {
        return ALL;
    }

    /** Requires one of these outcomes; any outcome, if none is given. */
    public ComparisonFilter outcome(ComparisonOutcome... any) {
        return with(OUTCOME, Check.choices("outcome", any));
    }

    /** Requires this text in the name of the test, in any letter case. */
    public ComparisonFilter text(String part) {
        return with(TEXT, Check.text("text", part));
    }

    private <T> ComparisonFilter with(Criterion<T> criterion, T value) {
        return new ComparisonFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }
}
