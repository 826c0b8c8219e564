package io.promptforge.dao.internal.session;

import io.promptforge.dao.error.PromptForgeException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Runs on the connection of an open transaction, which others commit or roll back. What writes runs in a savepoint: after
 * a failed statement PostgreSQL would refuse every other one of the transaction. For one thread at a time.
 */
final class TransactionSession extends Session {
    private final Connection connection;
    private @Nullable Exception aborted;

    TransactionSession(Connection connection, Settings settings) {
        super(settings);
        this.connection = connection;
    }

    @Override
    public boolean isThreadSafe() {
        return false;
    }

    @Override
    public <T> T read(JdbcWork<T> statement) {
        return translatingErrors(() -> {
            try {
                return statement.on(connection);
            } catch (SQLException failure) {
                aborted = failure;
                throw failure;
            } catch (DataAccessException failure) {
                aborted = failure.getCause(SQLException.class) == null ? aborted : failure;
                throw failure;
            }
        });
    }

    @Override
    public <T> T write(Function<DSLContext, T> statement) {
        return transaction(nested -> nested.run(statement));
    }

    /** Whoever commits the transaction decides whether to wait. */
    @Override
    public <T> T writeWithoutWaiting(Function<DSLContext, T> statement) {
        return write(statement);
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

    /** Forbids writing by a setting of the savepoint, which ends when it is rolled back; there is nothing to keep. */
    @Override
    public <T> T readOnly(Function<Session, T> work) {
        return translatingErrors(() -> {
            Savepoint savepoint = connection.setSavepoint();
            T result;
            try {
                run(dsl -> dsl.execute("SET TRANSACTION READ ONLY"));
                result = work.apply(this);
            } catch (RuntimeException | Error failure) {
                rollback(savepoint, failure);
                throw failure;
            }
            connection.rollback(savepoint);
            connection.releaseSavepoint(savepoint);
            return result;
        });
    }

    @Override
    public <T> T onOneConnection(Function<Session, T> work) {
        throw insideATransaction();
    }

    /**
     * After a failed statement PostgreSQL turns a commit into a rollback, and the driver does not say so. Whoever caught
     * the failure of a read and went on must not take the transaction for committed.
     */
    void refuseWhenAborted() {
        if (aborted != null) {
            throw new PromptForgeException(
                    "A statement of this transaction failed, so all of it was rolled back; let the failure through, or"
                            + " run what may fail in a nested transaction.",
                    aborted);
        }
    }

    /** A rollback that fails must not hide why it was needed. */
    private void rollback(Savepoint savepoint, Throwable failure) {
        try {
            connection.rollback(savepoint);
            connection.releaseSavepoint(savepoint);
            aborted = null;
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
