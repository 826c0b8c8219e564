package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.internal.query.BoundArray;
import io.promptforge.dao.internal.write.ArrayType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows for a statement, as one parameter: an array of texts, each of which is the text of an array with the values of a row. One plan
 * for every size of batch, no limit on the number of rows, and allowed where COPY is not, under row-level security. An array for each
 * column would cost PostgreSQL a function call and a store of rows for each, which small batches feel.
 */
final class RowBatch {
    /** At most three bytes each; a row has at most 40 MiB of documents, whose quotes take twice their room. */
    private static final int MOST_CHARACTERS = 33_554_432;

    private static final int USUAL_LENGTH = 2_048;

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

    /**
     * The rows as parameters, by the type that the driver sends in binary form: one, or several where they are too big for one value
     * of PostgreSQL, which takes 1 GB. A parameter without rows if there are none.
     */
    static <R> List<BoundArray> parameters(List<Column<R, ?>> columns, List<R> rows) {
        List<BoundArray> parameters = new ArrayList<>();
        List<String> texts = new ArrayList<>(rows.size());
        long length = 0;
        for (R row : rows) {
            String text = text(columns, row);
            length += text.length();
            if (length > MOST_CHARACTERS && !texts.isEmpty()) {
                parameters.add(array(texts));
                texts.clear();
                length = text.length();
            }
            texts.add(text);
        }
        parameters.add(array(texts));
        return parameters;
    }

    /** The rows as one parameter, for columns whose values are short. */
    static <R> BoundArray parameter(List<Column<R, ?>> columns, List<R> rows) {
        return array(rows.stream().map(row -> text(columns, row)).toList());
    }

    /** No rows. */
    static BoundArray none() {
        return array(List.of());
    }

    private static BoundArray array(List<String> texts) {
        return new BoundArray("varchar", texts.toArray(new String[0]));
    }

    private static <R> String text(List<Column<R, ?>> columns, R row) {
        StringBuilder text = new StringBuilder(USUAL_LENGTH).append('{');
        for (Column<R, ?> column : columns) {
            Object value = column.value(row);
            text.append(text.length() == 1 ? "" : ",");
            if (value == null) {
                text.append("NULL");
            } else {
                column.type().appendElement(text, value);
            }
        }
        return text.append('}').toString();
    }
}
