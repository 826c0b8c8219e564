package io.promptforge.codegen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as PostgreSQL's catalogue describes it.
 *
 * @param partitionKey how it is partitioned; null when it is not
 */
record TableDescription(
        String name,
        String comment,
        @Nullable String partitionKey,
        List<Column> columns,
        List<UniqueKey> keys,
        List<ForeignKey> references,
        List<Named> checks,
        List<Named> indexes,
        List<Named> triggers) {

    /**
     * A column.
     *
     * @param fallback its default, or how it is computed; null when it has neither
     */
    record Column(
            String name,
            String type,
            boolean nullable,
            @Nullable String fallback,
            String comment) {}

    /**
     * A primary key, a unique constraint or a unique index.
     *
     * @param columns its columns or expressions
     * @param partial whether it holds for some rows only
     */
    record UniqueKey(String name, String definition, List<String> columns, boolean partial) {}

    /** A foreign key. */
    record ForeignKey(String name, List<String> columns, String target, List<String> targetColumns, boolean cascades) {}

    /** Anything else that has a name: a check, an index, a trigger. */
    record Named(String name, String definition) {}

    boolean isNullable(String column) {
        return columns.stream().anyMatch(one -> one.name().equals(column) && one.nullable());
    }
}
