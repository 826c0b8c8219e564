package io.promptforge.dao.trace;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the records of one trace or span report together.
 *
 * @param fields the values, as a single record would report them
 * @param ended whether one of the records is of the ended trace or span
 * @param provisional the columns of an ended trace or span that only records of the running one have reported
 */
record MergedRecord<F>(F fields, boolean ended, Set<String> provisional) {
    /** A single record. */
    static <F> MergedRecord<F> of(F fields, boolean ended) {
        return new MergedRecord<>(fields, ended, Set.of());
    }

    /** Whether a record of the ended trace or span reported this column. */
    boolean isFinal(String column) {
        return ended && !provisional.contains(column);
    }

    /** The provisional columns as they are stored; null for none. */
    String @Nullable [] provisionalOrNull() {
        return provisional.isEmpty() ? null : provisional.stream().sorted().toArray(String[]::new);
    }
}
