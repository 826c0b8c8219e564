package io.promptforge.dao.evaluation;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import java.util.List;
import java.util.Optional;

/**
 * The conditions that a listed test of two evaluations meets, all of them. Immutable and thread-safe. Methods refuse null with an
 * {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class ComparisonFilter extends Input<ComparisonFilter> {
    static final Criterion<List<ComparisonOutcome>> OUTCOME = new Criterion<>("outcome");
    static final Criterion<String> TEXT = new Criterion<>("text");

    private static final ComparisonFilter ALL =
            new ComparisonFilter(Criteria.none(), Optional.empty(), Optional.empty());

    private final Criteria criteria;
    private final Optional<String> baseVariant;
    private final Optional<String> candidateVariant;

    private ComparisonFilter(Criteria criteria, Optional<String> baseVariant, Optional<String> candidateVariant) {
        super(List.of(criteria, baseVariant, candidateVariant));
        this.criteria = criteria;
        this.baseVariant = baseVariant;
        this.candidateVariant = candidateVariant;
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

    /**
     * Takes only this variant of the base; empty for results without one. With one evaluation on both sides, this compares two of its
     * variants.
     */
    public ComparisonFilter baseVariant(String name) {
        return new ComparisonFilter(criteria, Optional.of(variant("base_variant", name)), candidateVariant);
    }

    /** Takes only this variant of the candidate; empty for results without one. */
    public ComparisonFilter candidateVariant(String name) {
        return new ComparisonFilter(criteria, baseVariant, Optional.of(variant("candidate_variant", name)));
    }

    private static String variant(String field, String name) {
        return Check.present(field, Check.optionalText(field, name));
    }

    Optional<String> baseVariant() {
        return baseVariant;
    }

    Optional<String> candidateVariant() {
        return candidateVariant;
    }

    private <T> ComparisonFilter with(Criterion<T> criterion, T value) {
        return new ComparisonFilter(criteria.with(criterion, value), baseVariant, candidateVariant);
    }

    Criteria criteria() {
        return criteria;
    }
}
