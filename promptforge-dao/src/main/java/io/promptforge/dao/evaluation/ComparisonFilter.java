package io.promptforge.dao.evaluation;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The conditions that a listed test of two evaluations meets, all of them. Immutable and thread-safe. Methods refuse null with an
 * {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class ComparisonFilter {
    static final Criterion<List<ComparisonOutcome>> OUTCOME = new Criterion<>("outcome");
    static final Criterion<String> TEXT = new Criterion<>("text");

    private static final ComparisonFilter ALL = new ComparisonFilter(Criteria.none());

    private final Criteria criteria;

    private ComparisonFilter(Criteria criteria) {
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

    /** Applies a condition if there is a value for it: {@code filter.ifPresent(request.text(), ComparisonFilter::text)}. */
    public <V> ComparisonFilter ifPresent(
            @Nullable V value, BiFunction<ComparisonFilter, V, ComparisonFilter> condition) {
        return value == null ? this : condition.apply(this, value);
    }

    private <T> ComparisonFilter with(Criterion<T> criterion, T value) {
        return new ComparisonFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ComparisonFilter filter && criteria.equals(filter.criteria);
    }

    @Override
    public int hashCode() {
        return criteria.hashCode();
    }

    /** The conditions, by name. */
    @Override
    public String toString() {
        return "ComparisonFilter" + criteria;
    }
}
