package io.promptforge.seed.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements with autocommit on connections that are kept for the next one, as many as there were threads here at
 * once: opening one would take half as long as cloning a database.
 */
final class StatementRunner {
    private final DataSource dataSource;
    private final ConcurrentLinkedQueue<Connection> idle = new ConcurrentLinkedQueue<>();

    StatementRunner(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    void execute(String sql) throws SQLException {
        with(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    <T> T with(Work<T> work) throws SQLException {
        Connection connection = connection();
        try {
            return work.on(connection);
        } finally {
            idle.add(connection);
        }
    }

    private Connection connection() throws SQLException {
        @Nullable Connection kept = idle.poll();
        // The driver closes a connection that has broken.
        return kept == null || kept.isClosed() ? dataSource.getConnection() : kept;
    }

    /** A name as a part of a statement. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
