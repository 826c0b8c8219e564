package io.promptforge.benchmarks;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table that the contenders write, with all columns that PromptForge writes.
 *
 * @param name its name
 * @param columns the columns that are written
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
     * Rows to insert.
     *
     * @param table the table
     * @param rows the rows
     */
    record Rows<R>(InsertTable<R> table, List<R> rows) {}
}
