package io.promptforge.dao.internal.session;

import io.promptforge.dao.error.PromptForgeException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Runs on the connection of an open transaction, which its owner ends. Writes run in a savepoint, because PostgreSQL refuses all
 * further statements of a transaction after one that failed. For one thread at a time.
 */
final class TransactionSession extends Session {
    private final Connection connection;
    private @Nullable Exception aborted;

    TransactionSession(Connection connection, SessionSettings settings) {
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
    public <T> T writeByJdbc(JdbcWork<T> statement) {
        return transaction(nested -> nested.read(statement));
    }

    /** The owner of the transaction decides whether its commit waits for the disk. */
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

    /** Forbids writes within a savepoint; rolling it back ends that. */
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
     * Throws if a statement has failed: PostgreSQL turns a commit after it into a rollback, of which the driver tells nothing, so
     * work that catches the failure of a read would believe that it was committed.
     */
    void refuseWhenAborted() {
        if (aborted != null) {
            throw new PromptForgeException(
                    "A statement of this transaction failed, so all of it was rolled back; let the failure through, or"
                            + " run what may fail in a nested transaction.",
                    aborted);
        }
    }

    /** Rolls back after a failure; a failure of the rollback is added to the first as suppressed. */
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
