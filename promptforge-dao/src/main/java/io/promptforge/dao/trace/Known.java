package io.promptforge.dao.trace;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the records of a trace or a span have said so far.
 *
 * @param said the values, as one record would have said them all
 * @param ended whether one of the records was of the ended trace or span
 * @param provisional the columns of what has ended that are known only from when it still ran
 */
record Known<R>(R said, boolean ended, Set<String> provisional) {
    /** What a single record says. */
    static <R> Known<R> from(R record, boolean ended) {
        return new Known<>(record, ended, Set.of());
    }

    /** Whether a record of what has ended said it. */
    boolean isFinal(String column) {
        return ended && !provisional.contains(column);
    }

    /** The provisional columns as they are stored. */
    String @Nullable [] provisionalOrNull() {
        return provisional.isEmpty() ? null : provisional.stream().sorted().toArray(String[]::new);
    }
}
