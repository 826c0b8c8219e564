package io.promptforge.dao.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.conf.Settings;

/** Takes a connection for each call and gives it back as it was. Thread-safe when the DataSource is. */
final class DataSourceSession extends Session {
    private final DataSource dataSource;

    DataSourceSession(DataSource dataSource, Settings settings) {
        super(settings);
        this.dataSource = dataSource;
    }

    @Override
    public <T> T run(Function<DSLContext, T> statements) {
        return translatingErrors(() -> {
            try (Connection connection = open()) {
                return connection.getAutoCommit()
                        ? statements.apply(on(connection))
                        : committing(connection, () -> statements.apply(on(connection)));
            }
        });
    }

    @Override
    public <T> T transaction(Function<Session, T> work) {
        return translatingErrors(() -> {
            try (Connection connection = open()) {
                boolean autoCommit = connection.getAutoCommit();
                connection.setAutoCommit(false);
                try {
                    T result = committing(connection, () -> inTransaction(connection, work));
                    connection.setAutoCommit(autoCommit);
                    return result;
                } catch (SQLException | RuntimeException | Error failure) {
                    afterwards(failure, () -> connection.setAutoCommit(autoCommit));
                    throw failure;
                }
            }
        });
    }

    private <T> T inTransaction(Connection connection, Function<Session, T> work) {
        TransactionSession transaction = new TransactionSession(connection, settings());
        T result = work.apply(transaction);
        transaction.refuseWhenAborted();
        return result;
    }

    private Connection open() throws SQLException {
        try {
            return dataSource.getConnection();
        } catch (RuntimeException e) {
            // HikariCP throws one of its own when the pool starts with the first connection.
            throw DatabaseErrors.noConnection(e);
        }
    }

    private static <T> T committing(Connection connection, Work<T> work) throws SQLException {
        try {
            T result = work.run();
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error failure) {
            afterwards(failure, connection::rollback);
            throw failure;
        }
    }

    /** Cleaning up, when it fails too, must not hide why it was needed. */
    private static void afterwards(Throwable failure, Cleaning cleaning) {
        try {
            cleaning.run();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private interface Cleaning {
        void run() throws SQLException;
    }
}
