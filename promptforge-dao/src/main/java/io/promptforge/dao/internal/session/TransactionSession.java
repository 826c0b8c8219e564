package io.promptforge.dao.internal.session;

import io.promptforge.dao.error.PromptForgeException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Runs on the connection of an open transaction, which its owner ends. Writes run in a savepoint, because PostgreSQL refuses all
 * further statements of a transaction after one that failed. The savepoints are made by SQL, because JDBC refuses its own where JTA
 * manages the transaction; of several with one name, PostgreSQL takes the newest. For one thread at a time.
 */
final class TransactionSession extends Session {
    private final Connection connection;
    private final boolean onlyReads;
    private final State state;

    TransactionSession(Connection connection, SessionSettings settings) {
        this(connection, settings, false, new State());
    }

    private TransactionSession(Connection connection, SessionSettings settings, boolean onlyReads, State state) {
        super(settings);
        this.connection = connection;
        this.onlyReads = onlyReads;
        this.state = state;
    }

    /** What the sessions of all tenants in one transaction share. */
    private static final class State {
        private @Nullable Exception aborted;
    }

    @Override
    Session with(SessionSettings other) {
        return new TransactionSession(connection, other, onlyReads, state);
    }

    /** This session for work whose writes are refused; the caller has made the transaction read-only. */
    TransactionSession onlyReading() {
        return new TransactionSession(connection, settings(), true, state);
    }

    @Override
    public boolean isThreadSafe() {
        return false;
    }

    @Override
    public <T> T read(JdbcWork<T> statement) {
        return translatingErrors(() -> {
            try {
                return statement.on(settings().forStatements(connection));
            } catch (SQLException failure) {
                state.aborted = failure;
                refuseWrite(failure);
                throw failure;
            } catch (DataAccessException failure) {
                SQLException cause = failure.getCause(SQLException.class);
                if (cause != null) {
                    state.aborted = failure;
                    refuseWrite(cause);
                }
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
            savepoint();
            try {
                T result = work.apply(this);
                releaseSavepoint();
                return result;
            } catch (SQLException | RuntimeException | Error failure) {
                rollback(failure);
                throw failure;
            }
        });
    }

    /** Forbids writes within a savepoint; rolling it back ends that. */
    @Override
    public <T> T readOnly(Function<Session, T> work) {
        return translatingErrors(() -> {
            savepoint();
            T result;
            try {
                execute("SET TRANSACTION READ ONLY");
                result = work.apply(onlyReading());
            } catch (SQLException | RuntimeException | Error failure) {
                rollback(failure);
                throw failure;
            }
            rollbackToSavepoint();
            return result;
        });
    }

    @Override
    public <T> T onOneConnection(Function<Session, T> work) {
        throw insideATransaction();
    }

    private void refuseWrite(SQLException failure) {
        if (onlyReads && DatabaseErrors.isRefusedWrite(failure)) {
            throw DatabaseErrors.writeInReadOnlyWork(failure);
        }
    }

    /**
     * Throws if a statement has failed: PostgreSQL turns a commit after it into a rollback, of which the driver tells nothing, so
     * work that catches the failure of a read would believe that it was committed.
     */
    void refuseWhenAborted() {
        if (state.aborted != null) {
            throw new PromptForgeException(
                    "A statement of this transaction failed, so all of it was rolled back; let the failure through, or"
                            + " run what may fail in a nested transaction.",
                    state.aborted);
        }
    }

    /** Rolls back after a failure; a failure of the rollback is added to the first as suppressed. */
    private void rollback(Throwable failure) {
        try {
            rollbackToSavepoint();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private void savepoint() throws SQLException {
        execute("SAVEPOINT promptforge");
    }

    private void releaseSavepoint() throws SQLException {
        execute("RELEASE SAVEPOINT promptforge");
    }

    private void rollbackToSavepoint() throws SQLException {
        execute("ROLLBACK TO SAVEPOINT promptforge");
        releaseSavepoint();
        state.aborted = null;
    }

    /** Runs a statement that is of no tenant. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
