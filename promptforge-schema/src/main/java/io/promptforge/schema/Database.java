package io.promptforge.schema;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The host's DataSource and our schema behind it. Every connection is given back with the autocommit mode it came with
 * and without an open transaction; every error is a {@link MigrationException}.
 */
record Database(DataSource dataSource, String schema) {

    /** What is done on a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Takes a connection, which the caller closes. */
    Connection open() {
        try {
            return dataSource.getConnection();
        } catch (SQLException | RuntimeException refused) {
            // RuntimeException: HikariCP throws one when its pool starts with the first connection.
            throw Failures.noConnection(schema, refused);
        }
    }

    /** Reads on one connection; leaves nothing behind. */
    <T> T read(Work<T> work) {
        try (Connection connection = open()) {
            try {
                return work.on(connection);
            } finally {
                endTransaction(connection);
            }
        } catch (SQLException e) {
            throw Failures.of(schema, e);
        }
    }

    /** Runs the work in one transaction: committed when it returns, rolled back when it throws. */
    <T> T transaction(Work<T> work) {
        try (Connection connection = open()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } finally {
                endTransaction(connection);
                if (!connection.isClosed()) {
                    connection.setAutoCommit(autoCommit);
                }
            }
        } catch (SQLException e) {
            throw Failures.of(schema, e);
        }
    }

    /** Rolls back what is open; after a commit or in autocommit mode there is nothing. */
    private static void endTransaction(Connection connection) throws SQLException {
        if (!connection.isClosed() && !connection.getAutoCommit()) {
            connection.rollback();
        }
    }
}
