package io.promptforge.benchmarks;

import io.promptforge.benchmarks.InsertTable.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Plain JDBC batches.
 *
 * @param dataSource of connections with {@code reWriteBatchedInserts}
 */
record JdbcBatch(DataSource dataSource) implements RowWriter {
    @Override
    public String name() {
        return "JDBC batch";
    }

    @Override
    public void write(List<Rows<?>> rows, boolean known, @Nullable String afterwards) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            for (Rows<?> some : rows) {
                insert(connection, some, known);
            }
            if (afterwards != null) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(afterwards);
                }
            }
            connection.commit();
        }
    }

    private static <R> void insert(Connection connection, Rows<R> rows, boolean known) throws SQLException {
        List<InsertColumn<R>> columns = rows.table().columns();
        String sql = rows.table().insert() + (known ? " ON CONFLICT DO NOTHING" : "");
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (R row : rows.rows()) {
                for (int i = 0; i < columns.size(); i++) {
                    InsertColumn<R> column = columns.get(i);
                    insert.setObject(
                            i + 1, inJdbc(column.value().of(row)), column.kind().jdbc());
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Converts {@code Instant}, which JDBC does not accept. */
    static @Nullable Object inJdbc(@Nullable Object value) {
        return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
    }
}
