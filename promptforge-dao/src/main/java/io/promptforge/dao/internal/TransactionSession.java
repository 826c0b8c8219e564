package io.promptforge.dao.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.conf.Settings;

/** Runs on the connection of an open transaction, which others commit or roll back. For one thread at a time. */
final class TransactionSession extends Session {
    private final Connection connection;

    TransactionSession(Connection connection, Settings settings) {
        super(settings);
        this.connection = connection;
    }

    @Override
    public <T> T run(Function<DSLContext, T> statements) {
        return translatingErrors(() -> statements.apply(on(connection)));
    }

    @Override
    public <T> T transaction(Function<Session, T> work) {
        return translatingErrors(() -> {
            Savepoint savepoint = connection.setSavepoint();
            try {
                T result = work.apply(this);
                connection.releaseSavepoint(savepoint);
                return result;
            } catch (SQLException | RuntimeException | Error failure) {
                rollback(savepoint, failure);
                throw failure;
            }
        });
    }

    /** A rollback that fails must not hide why it was needed. */
    private void rollback(Savepoint savepoint, Throwable failure) {
        try {
            connection.rollback(savepoint);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
