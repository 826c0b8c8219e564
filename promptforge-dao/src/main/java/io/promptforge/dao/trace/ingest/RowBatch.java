package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.internal.query.BoundArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows for a statement, with one array parameter for each column: one plan for every size of batch, no limit on the number of
 * parameters, and allowed where COPY is not, under row-level security.
 */
final class RowBatch {
    private RowBatch() {}

    /** The names of the columns. */
    static <R> String names(List<Column<R, ?>> columns) {
        return columns.stream().map(column -> column.type().name()).collect(Collectors.joining(", "));
    }

    /** The names of the columns in a table with an alias. */
    static <R> String names(String alias, List<Column<R, ?>> columns) {
        return columns.stream()
                .map(column -> alias + "." + column.type().name())
                .collect(Collectors.joining(", "));
    }

    /** The rows as a table {@code r}, with a parameter for each column. */
    static <R> String table(List<Column<R, ?>> columns) {
        String parameters =
                columns.stream().map(column -> column.type().parameter()).collect(Collectors.joining(", "));
        return "unnest(" + parameters + ") AS r (" + names(columns) + ")";
    }

    /** The values of a row of that table. */
    static <R> String values(List<Column<R, ?>> columns) {
        return columns.stream().map(column -> column.type().value()).collect(Collectors.joining(", "));
    }

    /** What an update sets to the values of a row of that table. */
    static <R> String assignments(List<Column<R, ?>> columns, List<Column<R, ?>> but) {
        return columns.stream()
                .filter(column -> !but.contains(column))
                .map(column -> column.type().name() + " = " + column.type().value())
                .collect(Collectors.joining(", "));
    }

    /** The parameters for these rows. */
    static <R> List<BoundArray> parameters(List<Column<R, ?>> columns, List<R> rows) {
        List<BoundArray> parameters = new ArrayList<>(columns.size());
        for (Column<R, ?> column : columns) {
            List<@Nullable Object> values = new ArrayList<>(rows.size());
            rows.forEach(row -> values.add(column.value(row)));
            parameters.add(column.type().bind(values));
        }
        return parameters;
    }
}
