package io.promptforge.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.promptforge.benchmarks.InsertTable.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** {@code COPY} as text by pgjdbc, the fastest way to write. Rows that may be stored go through a temporary table. */
record CopyBatch(DataSource dataSource) implements RowWriter {
    @Override
    public String name() {
        return "COPY";
    }

    @Override
    public void write(List<Rows<?>> rows, boolean known, @Nullable String afterwards) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            for (Rows<?> some : rows) {
                if (known) {
                    merge(connection, some);
                } else {
                    copy(connection, some, some.table().name());
                }
            }
            if (afterwards != null) {
                execute(connection, afterwards);
            }
            connection.commit();
        }
    }

    private static <R> void merge(Connection connection, Rows<R> rows) throws SQLException {
        String table = rows.table().name();
        String columns = rows.table().columnList();
        execute(
                connection,
                "CREATE TEMPORARY TABLE new_" + table + " ON COMMIT DROP AS SELECT " + columns + " FROM " + table
                        + " LIMIT 0");
        copy(connection, rows, "new_" + table);
        execute(
                connection,
                "INSERT INTO " + table + " (" + columns + ") SELECT " + columns + " FROM new_" + table
                        + " ON CONFLICT DO NOTHING");
    }

    private static <R> void copy(Connection connection, Rows<R> rows, String table) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " (" + rows.table().columnList() + ") FROM STDIN");
        StringBuilder text = new StringBuilder(rows.rows().size() * 1024);
        for (R row : rows.rows()) {
            for (InsertColumn<R> column : rows.table().columns()) {
                CopyText.append(text, column.value().of(row));
                text.append('\t');
            }
            text.setCharAt(text.length() - 1, '\n');
        }
        byte[] bytes = text.toString().getBytes(UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        copy.endCopy();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
