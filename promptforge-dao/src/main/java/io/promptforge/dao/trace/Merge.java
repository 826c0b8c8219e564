package io.promptforge.dao.trace;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings together, column by column, what two sets of records say of one thing. What is null says nothing; what a record of
 * the ended thing says goes before what was said while it ran; between equals, a rule of the column decides. Each rule is
 * the greater of the two in some order, and so is the whole: neither the order of the records nor how often one comes
 * makes a difference.
 */
final class Merge<R> {
    private final Known<R> one;
    private final Known<R> other;
    private final boolean ended;
    private final Set<String> provisional = new TreeSet<>();

    Merge(Known<R> one, Known<R> other) {
        this.one = one;
        this.other = other;
        this.ended = one.ended() || other.ended();
    }

    /** The value of a column. */
    <T> @Nullable T of(String column, Function<R, @Nullable T> value, BinaryOperator<T> rule) {
        T first = value.apply(one.said());
        T second = value.apply(other.said());
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

    /** What is known, when all columns have been asked for. */
    Known<R> known(R said) {
        return new Known<>(said, ended, provisional);
    }
}
