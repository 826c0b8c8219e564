package io.promptforge.dao.internal.session;

import java.sql.Connection;
import java.util.function.Function;
import org.jooq.DSLContext;

/**
 * Runs on the caller's connection, which is never closed. With autocommit off, work joins the caller's transaction, which the
 * caller ends; with autocommit on, work that must be all or nothing runs in a transaction of its own.
 */
final class ConnectionSession extends Session {
    private final Connection connection;

    ConnectionSession(Connection connection, SessionSettings settings) {
        super(settings);
        this.connection = connection;
    }

    @Override
    Session with(SessionSettings other) {
        return new ConnectionSession(connection, other);
    }

    @Override
    public boolean isThreadSafe() {
        return false;
    }

    @Override
    public <T> T read(JdbcWork<T> statement) {
        return translatingErrors(() -> connection.getAutoCommit()
                ? settings().runAlone(connection, statement)
                : statement.on(settings().forStatements(connection)));
    }

    @Override
    public <T> T writeByJdbc(JdbcWork<T> statement) {
        return translatingErrors(() -> connection.getAutoCommit()
                ? settings().runAlone(connection, statement)
                : new TransactionSession(connection, settings()).writeByJdbc(statement));
    }

    @Override
    public <T> T writeWithoutWaiting(Function<DSLContext, T> statement) {
        return translatingErrors(() -> connection.getAutoCommit()
                ? OwnTransaction.withoutWaiting(connection, settings(), statement)
                : new TransactionSession(connection, settings()).write(statement));
    }

    @Override
    public <T> T transaction(Function<Session, T> work) {
        return translatingErrors(() -> connection.getAutoCommit()
                ? OwnTransaction.run(connection, settings(), work)
                : new TransactionSession(connection, settings()).transaction(work));
    }

    @Override
    public <T> T readOnly(Function<Session, T> work) {
        return translatingErrors(() -> connection.getAutoCommit()
                ? OwnTransaction.readOnly(connection, settings(), work)
                : new TransactionSession(connection, settings()).readOnly(work));
    }

    @Override
    public <T> T onOneConnection(Function<Session, T> work) {
        return translatingErrors(() -> {
            if (!connection.getAutoCommit()) {
                throw insideATransaction();
            }
            return work.apply(this);
        });
    }
}
