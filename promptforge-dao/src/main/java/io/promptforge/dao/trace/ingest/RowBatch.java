package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.internal.query.BoundArray;
import io.promptforge.dao.internal.write.ArrayType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows for a statement, as an array of texts, each of which is the text of an array with the values of a row, and an array of texts for
 * each column of documents. One plan for every size of batch, no limit on the number of rows, and allowed where COPY is not, under
 * row-level security. An array for each column would cost PostgreSQL a function call and a store of rows for each, which small batches
 * feel; a document inside the text of a row would have to be quoted, and large batches feel that.
 */
final class RowBatch {
    /** At most three bytes each; a row has at most 40 MiB of documents. */
    private static final int MOST_CHARACTERS = 33_554_432;

    private static final int USUAL_LENGTH = 1_024;

    /**
     * The tenant, a parameter, as a table that the planner does not look into. Statistics from before the tenant's first rows say that
     * it has hardly any; where the planner knows whose rows are sought, it then reads all of them instead of each by the primary key.
     * Citus, which seeks the shard by the tenant, must look into it.
     */
    static final String TENANT = "(SELECT CAST(? AS uuid) AS organization_id{fence}) AS tenant";

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

    /** The rows as a table {@code r} with these columns, from {@link #parameter}. OFFSET 0, so that each row is taken apart once. */
    static <R> String table(List<Column<R, ?>> columns) {
        return table(columns, "CAST(? AS text[])");
    }

    /**
     * The rows as {@link #table}, to be joined with a stored table by its key. The planner expects ten of them, however many there are,
     * so that it seeks each by the key; where it knows that there are hundreds, it reads the whole of a table of some ten thousand rows.
     */
    static <R> String sought(List<Column<R, ?>> columns) {
        return table(columns, sought("text"));
    }

    /** A parameter that is an array of this type, whose length the planner does not know: it expects ten elements. */
    static String sought(String type) {
        return "(SELECT CAST(? AS " + type + "[]))";
    }

    private static <R> String table(List<Column<R, ?>> columns, String array) {
        List<String> values = new ArrayList<>();
        StringBuilder documents = new StringBuilder();
        int documentCount = 0;
        for (Column<R, ?> column : columns) {
            ArrayType type = column.type();
            String sent;
            if (type.isDocument()) {
                sent = "d" + ++documentCount;
                documents.append(", ").append(sent);
            } else {
                sent = "v[" + (values.size() + 1 - documentCount) + "]";
            }
            values.add("CAST(%s AS %s) AS %s".formatted(sent, type.columnType(), type.name()));
        }
        return "(SELECT %s FROM (SELECT CAST(t AS text[]) AS v%s FROM unnest(%s) AS t (t%s) OFFSET 0) AS t) AS r"
                .formatted(
                        String.join(", ", values),
                        documents,
                        String.join(", ", Collections.nCopies(1 + documentCount, array)),
                        documents);
    }

    /** What an update sets to the values of a row of that table. */
    static <R> String assignments(List<Column<R, ?>> columns, List<Column<R, ?>> but) {
        return columns.stream()
                .filter(column -> !but.contains(column))
                .map(column -> column.type().name() + " = r." + column.type().name())
                .collect(Collectors.joining(", "));
    }

    /**
     * The rows as the parameters of {@link #table}, in parts where they are too big for one value of PostgreSQL, which takes 1 GB; usually
     * one. A part without rows if there are none.
     */
    static <R> List<List<BoundArray>> parameters(List<Column<R, ?>> columns, List<R> rows) {
        List<@Nullable String[]> texts = texts(columns, rows);
        List<List<BoundArray>> parts = new ArrayList<>();
        int from = 0;
        long length = 0;
        for (int i = 0; i < rows.size(); i++) {
            int added = length(texts, i);
            if (length + added > MOST_CHARACTERS && i > from) {
                parts.add(part(texts, from, i));
                from = i;
                length = 0;
            }
            length += added;
        }
        parts.add(part(texts, from, rows.size()));
        return parts;
    }

    /** The rows as the parameters of {@link #table}, for columns whose values are short. */
    static <R> List<BoundArray> parameter(List<Column<R, ?>> columns, List<R> rows) {
        return part(texts(columns, rows), 0, rows.size());
    }

    /** By the type that the driver sends in binary form. */
    private static List<BoundArray> part(List<@Nullable String[]> texts, int from, int to) {
        return texts.stream()
                .map(all -> new BoundArray("varchar", Arrays.copyOfRange(all, from, to)))
                .toList();
    }

    private static int length(List<@Nullable String[]> texts, int row) {
        int length = 0;
        for (@Nullable String[] all : texts) {
            String text = all[row];
            length += text == null ? 0 : text.length();
        }
        return length;
    }

    private static <R> List<@Nullable String[]> texts(List<Column<R, ?>> columns, List<R> rows) {
        List<@Nullable String[]> texts = new ArrayList<>();
        StringBuilder row = new StringBuilder(USUAL_LENGTH);
        texts.add(texts(rows, values -> text(columns, values, row)));
        for (Column<R, ?> column : columns) {
            if (column.type().isDocument()) {
                texts.add(texts(rows, values -> {
                    Object document = column.value(values);
                    return document == null ? null : column.type().text(document);
                }));
            }
        }
        return texts;
    }

    private static <R> @Nullable String[] texts(List<R> rows, Function<R, @Nullable String> text) {
        @Nullable String[] texts = new String[rows.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text.apply(rows.get(i));
        }
        return texts;
    }

    /** The values of the columns without documents. */
    private static <R> String text(List<Column<R, ?>> columns, R row, StringBuilder text) {
        text.setLength(0);
        text.append('{');
        for (Column<R, ?> column : columns) {
            if (!column.type().isDocument()) {
                Object value = column.value(row);
                text.append(text.length() == 1 ? "" : ",");
                if (value == null) {
                    text.append("NULL");
                } else {
                    column.type().appendElement(text, value);
                }
            }
        }
        return text.append('}').toString();
    }
}
