package io.promptforge.dao.internal.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Takes a connection for each call and returns it with its settings unchanged. If the connection is part of a transaction that the
 * host manages, the call joins it. Thread-safe if the DataSource is.
 */
final class DataSourceSession extends Session {
    private final DataSource dataSource;

    DataSourceSession(DataSource dataSource, SessionSettings settings) {
        super(settings);
        this.dataSource = dataSource;
    }

    @Override
    Session with(SessionSettings other) {
        return new DataSourceSession(dataSource, other);
    }

    @Override
    public boolean isThreadSafe() {
        return true;
    }

    @Override
    public <T> T read(JdbcWork<T> statement) {
        return translatingErrors(() -> {
            try (Connection connection = open()) {
                if (connection.getAutoCommit()) {
                    return settings().runAlone(connection, statement);
                }
                return isOfHost(connection)
                        ? statement.on(settings().forStatements(connection))
                        : OwnTransaction.commit(
                                connection, () -> statement.on(settings().forStatements(connection)));
            }
        });
    }

    @Override
    public <T> T writeByJdbc(JdbcWork<T> statement) {
        return translatingErrors(() -> {
            try (Connection connection = open()) {
                if (connection.getAutoCommit()) {
                    return settings().runAlone(connection, statement);
                }
                return isOfHost(connection)
                        ? new TransactionSession(connection, settings()).writeByJdbc(statement)
                        : OwnTransaction.commit(
                                connection, () -> statement.on(settings().forStatements(connection)));
            }
        });
    }

    @Override
    public <T> T writeWithoutWaiting(Function<DSLContext, T> statement) {
        return translatingErrors(() -> {
            try (Connection connection = open()) {
                return isOfHost(connection)
                        ? new TransactionSession(connection, settings()).write(statement)
                        : OwnTransaction.withoutWaiting(connection, settings(), statement);
            }
        });
    }

    @Override
    public <T> T transaction(Function<Session, T> work) {
        return translatingErrors(() -> {
            try (Connection connection = open()) {
                return isOfHost(connection)
                        ? new TransactionSession(connection, settings()).transaction(work)
                        : OwnTransaction.run(connection, settings(), work);
            }
        });
    }

    @Override
    public <T> T readOnly(Function<Session, T> work) {
        return translatingErrors(() -> {
            try (Connection connection = open()) {
                return isOfHost(connection)
                        ? new TransactionSession(connection, settings()).readOnly(work)
                        : OwnTransaction.readOnly(connection, settings(), work);
            }
        });
    }

    @Override
    public <T> T onOneConnection(Function<Session, T> work) {
        return translatingErrors(() -> {
            try (Connection connection = open()) {
                if (isOfHost(connection)) {
                    throw insideATransaction();
                }
                return OwnTransaction.none(connection, () -> work.apply(new ConnectionSession(connection, settings())));
            }
        });
    }

    private boolean isOfHost(Connection connection) {
        return settings().host().include(connection);
    }

    private Connection open() throws SQLException {
        try {
            return dataSource.getConnection();
        } catch (RuntimeException e) {
            // HikariCP throws an unchecked exception if it cannot open the first connection of a new pool.
            throw DatabaseErrors.noConnection(e);
        }
    }

    /** The sessions of a tenant and an actor are equal, however often their handle is made: a recorder keeps one queue for it. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DataSourceSession session
                && settings().shared() == session.settings().shared()
                && settings().tenant().equals(session.settings().tenant())
                && settings().actor().equals(session.settings().actor());
    }

    @Override
    public int hashCode() {
        return 31 * System.identityHashCode(settings().shared())
                + settings().tenant().hashCode();
    }
}
