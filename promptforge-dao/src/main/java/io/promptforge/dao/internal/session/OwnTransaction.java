package io.promptforge.dao.internal.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.jooq.DSLContext;

/** A transaction that this library begins and ends, on a connection whose autocommit is left as it was found. */
final class OwnTransaction {
    private OwnTransaction() {}

    /** Runs the work and commits, or rolls back when it throws. */
    static <T> T run(Connection connection, SessionSettings settings, Function<Session, T> work) throws SQLException {
        return run(connection, () -> {
            TransactionSession transaction = new TransactionSession(connection, settings);
            T result = work.apply(transaction);
            transaction.refuseWhenAborted();
            return result;
        });
    }

    /** Runs work that only reads, in one snapshot. A statement sets this for the transaction, so the connection keeps its settings. */
    static <T> T readOnly(Connection connection, SessionSettings settings, Function<Session, T> work)
            throws SQLException {
        return run(connection, () -> {
            TransactionSession transaction = new TransactionSession(connection, settings).onlyReading();
            transaction.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            T result = work.apply(transaction);
            transaction.refuseWhenAborted();
            return result;
        });
    }

    /** Runs a statement whose commit does not wait for the disk. */
    static <T> T withoutWaiting(Connection connection, SessionSettings settings, Function<DSLContext, T> statement)
            throws SQLException {
        return run(connection, () -> {
            TransactionSession transaction = new TransactionSession(connection, settings);
            transaction.execute("SET LOCAL synchronous_commit TO off");
            T result = transaction.run(statement);
            transaction.refuseWhenAborted();
            return result;
        });
    }

    /** Runs one statement on a connection with autocommit off, and commits. */
    static <T> T commit(Connection connection, Session.Work<T> work) throws SQLException {
        try {
            T result = work.run();
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error failure) {
            afterwards(failure, connection::rollback);
            throw failure;
        }
    }

    /** Runs a statement in a transaction, on a connection with autocommit on. */
    static <T> T of(Connection connection, Session.Work<T> statement) throws SQLException {
        return run(connection, statement);
    }

    private static <T> T run(Connection connection, Session.Work<T> work) throws SQLException {
        return withAutoCommit(false, connection, () -> commit(connection, work));
    }

    /** Runs work outside of any transaction. */
    static <T> T none(Connection connection, Session.Work<T> work) throws SQLException {
        return withAutoCommit(true, connection, work);
    }

    private static <T> T withAutoCommit(boolean wanted, Connection connection, Session.Work<T> work)
            throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(wanted);
        try {
            T result = work.run();
            connection.setAutoCommit(autoCommit);
            return result;
        } catch (SQLException | RuntimeException | Error failure) {
            afterwards(failure, () -> connection.setAutoCommit(autoCommit));
            throw failure;
        }
    }

    /** Cleans up after a failure; a second failure is added to the first as suppressed. */
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
