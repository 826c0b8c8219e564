package io.promptforge.dao.trace.ingest;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Merges two sets of records of one trace or span that have the same revision, column by column. A null reports nothing; a value
 * from a record of the ended trace or span goes before one from a record of the running one; between equals, a rule of the column
 * decides. Each rule takes the greater of two values in some total order, so the merge is commutative, associative and idempotent:
 * neither the order of the records nor repetitions make a difference.
 */
final class Merge<F extends Reported<F>> {
    private final F one;
    private final F other;
    private final boolean ended;
    private final Set<String> provisional = new TreeSet<>();

    Merge(F one, F other) {
        this.one = one;
        this.other = other;
        this.ended = one.hasEnded() || other.hasEnded();
    }

    /** Merges a column. */
    <T> @Nullable T of(String column, Function<F, @Nullable T> value, BinaryOperator<T> rule) {
        T first = value.apply(one);
        T second = value.apply(other);
        boolean firstIsFinal = first != null && isFinal(one, column);
        boolean secondIsFinal = second != null && isFinal(other, column);
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

    /** The columns of the ended trace or span that only records of the running one have reported, after all were merged. */
    Set<String> provisional() {
        return provisional;
    }

    /** Whether a record of the ended trace or span reported this column. */
    private static boolean isFinal(Reported<?> fields, String column) {
        return fields.hasEnded() && !fields.provisional().contains(column);
    }
}
