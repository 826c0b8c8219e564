package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.internal.query.BoundArray;
import io.promptforge.dao.internal.write.ArrayType;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows for a statement, as one parameter: an array of texts, each of which is the text of an array with the values of a row. One plan
 * for every size of batch, no limit on the number of rows, and allowed where COPY is not, under row-level security. An array for each
 * column would cost PostgreSQL a function call and a store of rows for each, which small batches feel.
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

    /** The rows as a table {@code r} with these columns, from one parameter. OFFSET 0, so that each row is taken apart once. */
    static <R> String table(List<Column<R, ?>> columns) {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            ArrayType type = columns.get(i).type();
            values.append(i == 0 ? "" : ", ")
                    .append("CAST(v[%d] AS %s) AS %s".formatted(i + 1, type.columnType(), type.name()));
        }
        return "(SELECT %s FROM (SELECT CAST(t AS text[]) AS v FROM unnest(CAST(? AS text[])) AS t OFFSET 0) AS t) AS r"
                .formatted(values);
    }

    /** What an update sets to the values of a row of that table. */
    static <R> String assignments(List<Column<R, ?>> columns, List<Column<R, ?>> but) {
        return columns.stream()
                .filter(column -> !but.contains(column))
                .map(column -> column.type().name() + " = r." + column.type().name())
                .collect(Collectors.joining(", "));
    }

    /** The parameter for these rows; by the type that the driver sends in binary form. */
    static <R> BoundArray parameter(List<Column<R, ?>> columns, List<R> rows) {
        String[] texts = new String[rows.size()];
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < texts.length; i++) {
            text.setLength(0);
            text.append('{');
            for (Column<R, ?> column : columns) {
                Object value = column.value(rows.get(i));
                text.append(text.length() == 1 ? "" : ",");
                if (value == null) {
                    text.append("NULL");
                } else {
                    column.type().appendElement(text, value);
                }
            }
            texts[i] = text.append('}').toString();
        }
        return new BoundArray("varchar", texts);
    }
}
