package io.promptforge.schema;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A DataSource of the host, and the name of the schema. Connections are returned with the autocommit mode they came with and
 * without an open transaction. Every error is a {@link MigrationException}.
 */
record SchemaDataSource(DataSource dataSource, String schema) {

    /** Work on a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Opens a connection, which the caller must close. */
    Connection open() {
        try {
            return dataSource.getConnection();
        } catch (SQLException | RuntimeException refused) {
            // HikariCP throws a RuntimeException when the pool starts with the first connection.
            throw MigrationErrors.noConnection(schema, refused);
        }
    }

    /** Runs the work on one connection, and rolls back its transaction. */
    <T> T read(Work<T> work) {
        try (Connection connection = open()) {
            try {
                return work.on(connection);
            } finally {
                endTransaction(connection);
            }
        } catch (SQLException e) {
            throw MigrationErrors.of(schema, e);
        }
    }

    /** Runs the work in one transaction, which is committed when it returns and rolled back when it throws. */
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
            throw MigrationErrors.of(schema, e);
        }
    }

    /** Rolls back the open transaction, if there is one. */
    private static void endTransaction(Connection connection) throws SQLException {
        if (!connection.isClosed() && !connection.getAutoCommit()) {
            connection.rollback();
        }
    }
}
