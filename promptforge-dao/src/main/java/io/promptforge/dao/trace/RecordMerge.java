package io.promptforge.dao.trace;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Merges two sets of records of one trace or span, column by column. A null reports nothing; a value from a record of the ended
 * trace or span goes before one from a record of the running one; between equals, a rule of the column decides. Each rule takes
 * the greater of two values in some total order, so the merge is commutative, associative and idempotent: neither the order of
 * the records nor repetitions make a difference.
 */
final class RecordMerge<F> {
    private final MergedRecord<F> one;
    private final MergedRecord<F> other;
    private final boolean ended;
    private final Set<String> provisional = new TreeSet<>();

    RecordMerge(MergedRecord<F> one, MergedRecord<F> other) {
        this.one = one;
        this.other = other;
        this.ended = one.ended() || other.ended();
    }

    /** Merges a column. */
    <T> @Nullable T of(String column, Function<F, @Nullable T> value, BinaryOperator<T> rule) {
        T first = value.apply(one.fields());
        T second = value.apply(other.fields());
        boolean firstIsFinal = first != null && one.isFinal(column);
        boolean secondIsFinal = second != null && other.isFinal(column);
        if (ended && !firstIsFinal && !secondIsFinal && (first != null || second != null)) {
            provisional.add(column);
        }
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        if (firstIsFinal != secondIsFinal) {
            return firstIsFinal ? first : second;
        }
        return rule.apply(first, second);
    }

    /** The result, after all columns were merged into these fields. */
    MergedRecord<F> result(F fields) {
        return new MergedRecord<>(fields, ended, provisional);
    }
}
