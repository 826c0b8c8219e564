package io.promptforge.schema.backup;

import io.promptforge.schema.backup.BackupException.Reason;
import io.promptforge.schema.internal.ScriptSettings;
import io.promptforge.schema.internal.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** A transaction with the settings that rows are copied with, so that equal rows have equal texts on every server. */
final class Session {
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private static final String SETTINGS = """
            SET LOCAL search_path TO "%s";
            SET LOCAL TimeZone TO 'UTC';
            SET LOCAL DateStyle TO 'ISO, YMD';
            SET LOCAL IntervalStyle TO 'postgres';
            SET LOCAL bytea_output TO 'hex';
            SET LOCAL extra_float_digits TO 1;
            SET LOCAL standard_conforming_strings TO on;
            SET LOCAL statement_timeout TO 0;
            SET LOCAL idle_in_transaction_session_timeout TO 0;
            """;

    private Session() {}

    /** One snapshot for all statements. */
    static <T> T snapshot(DataSource dataSource, String schema, Work<T> work) {
        return run(dataSource, schema, Connection.TRANSACTION_REPEATABLE_READ, true, work);
    }

    /** Committed when the work returns, rolled back when it throws. */
    static <T> T transaction(DataSource dataSource, String schema, Work<T> work) {
        return run(dataSource, schema, Connection.TRANSACTION_READ_COMMITTED, false, work);
    }

    private static <T> T run(DataSource dataSource, String schema, int isolation, boolean readOnly, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            int usualIsolation = connection.getTransactionIsolation();
            boolean usuallyReadOnly = connection.isReadOnly();
            connection.setReadOnly(readOnly);
            connection.setTransactionIsolation(isolation);
            connection.setAutoCommit(false);
            try {
                execute(connection, SETTINGS.formatted(schema) + String.join("; ", ScriptSettings.CITUS));
                T result = work.on(connection);
                connection.commit();
                return result;
            } finally {
                if (!connection.isClosed()) {
                    connection.rollback();
                    connection.setAutoCommit(autoCommit);
                    connection.setTransactionIsolation(usualIsolation);
                    connection.setReadOnly(usuallyReadOnly);
                }
            }
        } catch (SQLException e) {
            throw explained(e);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static CopyManager copy(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private static BackupException explained(SQLException e) {
        SQLException error = SqlState.errorIn(e).orElse(e);
        // The first line only: the others quote rows.
        String problem = String.valueOf(error.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("\\.+$", "");
        if (SqlState.of(e).equals(SqlState.UNIQUE_VIOLATION)) {
            return new BackupException(
                    Reason.CONFLICT,
                    "The database has such a value already: " + problem,
                    "Change it there or remove its row; nothing was restored",
                    e);
        }
        return new BackupException(
                Reason.DATABASE_ERROR, "The database refused: " + problem, "See the cause; nothing was written", e);
    }
}
