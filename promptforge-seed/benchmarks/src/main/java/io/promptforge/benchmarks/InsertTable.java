package io.promptforge.benchmarks;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table that the rivals write, with all columns that ours writes.
 *
 * @param name its name
 * @param columns what is written
 * @param <R> a row
 */
record InsertTable<R>(String name, List<InsertColumn<R>> columns) {
    String insert() {
        return columns.stream()
                .map(column -> column.kind().placeholder())
                .collect(Collectors.joining(", ", "INSERT INTO " + name + " (" + columnList() + ") VALUES (", ")"));
    }

    String columnList() {
        return columns.stream().map(InsertColumn::name).collect(Collectors.joining(", "));
    }

    /**
     * Rows to be written to it.
     *
     * @param table the table
     * @param rows the rows
     */
    record Rows<R>(InsertTable<R> table, List<R> rows) {}
}
