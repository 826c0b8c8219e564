package io.promptforge.schema.distribution;

import io.promptforge.schema.distribution.DistributionException.Reason;
import io.promptforge.schema.internal.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** One transaction in the schema, whose errors are {@link DistributionException}s. */
final class DistributionTransaction {
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private static final String SETTINGS = """
            SET LOCAL search_path TO "%s";
            SET LOCAL statement_timeout TO 0;
            SET LOCAL idle_in_transaction_session_timeout TO 0""";

    private DistributionTransaction() {}

    /** Committed when the work returns, rolled back when it throws. */
    static <T> T run(DataSource dataSource, String schema, Work<T> work) {
        try (Connection connection = connect(dataSource)) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(SETTINGS.formatted(schema));
                }
                T result = work.on(connection);
                connection.commit();
                return result;
            } finally {
                if (!connection.isClosed()) {
                    connection.rollback();
                    connection.setAutoCommit(autoCommit);
                }
            }
        } catch (SQLException e) {
            throw explained(e);
        }
    }

    private static Connection connect(DataSource dataSource) {
        try {
            return dataSource.getConnection();
        } catch (SQLException | RuntimeException refused) {
            // HikariCP throws a RuntimeException when the pool starts with the first connection.
            throw new DistributionException(
                    Reason.NO_CONNECTION,
                    "The DataSource gives no connection: " + firstLine(refused),
                    "Check that the server runs, and host, port, database, user and password",
                    refused);
        }
    }

    private static DistributionException explained(SQLException e) {
        String problem = firstLine(SqlState.errorIn(e).orElse(e));
        String state = SqlState.of(e);
        return switch (state) {
            case SqlState.LOCK_NOT_AVAILABLE, SqlState.DEADLOCK_DETECTED, SqlState.QUERY_CANCELED ->
                new DistributionException(
                        Reason.BUSY,
                        "Another transaction holds a lock: " + problem,
                        "Find long transactions in pg_stat_activity, or try again when there is less traffic",
                        e);
            case SqlState.INSUFFICIENT_PRIVILEGE ->
                new DistributionException(
                        Reason.ACCESS_DENIED, "The server refused: " + problem, "Use the role that owns the tables", e);
            case SqlState.UNIQUE_VIOLATION ->
                new DistributionException(
                        Reason.NOT_UNIQUE,
                        "A value that must be unique over the platform is there twice: " + problem,
                        "Change one of them; the key's columns are in its definition",
                        e);
            default ->
                state.startsWith(SqlState.CONNECTION_EXCEPTION_CLASS)
                                || state.startsWith(SqlState.OPERATOR_INTERVENTION_PREFIX)
                        ? new DistributionException(
                                Reason.NO_CONNECTION,
                                "The connection was lost: " + problem,
                                "See the log of the server; nothing was changed",
                                e)
                        : new DistributionException(
                                Reason.DATABASE_ERROR,
                                "The server refused: " + problem,
                                "See the cause; nothing was changed",
                                e);
        };
    }

    private static String firstLine(Throwable error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("").replaceFirst("\\.+$", "");
    }
}
