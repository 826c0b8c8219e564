package io.promptforge.dao.internal.session;

import io.promptforge.dao.error.PromptForgeException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * Where statements run: over a DataSource, each call on a connection of its own; on a connection of the caller's; or
 * inside a transaction, on its connection. The one place that opens transactions and lets database errors out.
 */
public abstract sealed class Session permits ConnectionSession, DataSourceSession, TransactionSession {
    private static final String GENERATED_SCHEMA = "promptforge";

    private final Settings settings;

    Session(Settings settings) {
        this.settings = settings;
    }

    /** A session over a DataSource, which it neither owns nor closes, for tables in the given schema. */
    public static Session over(DataSource dataSource, String schema) {
        Settings settings = new Settings().withExecuteLogging(false);
        if (!schema.equals(GENERATED_SCHEMA)) {
            settings.withRenderMapping(new RenderMapping()
                    .withSchemata(new MappedSchema().withInput(GENERATED_SCHEMA).withOutput(schema)));
        }
        return new DataSourceSession(dataSource, settings);
    }

    /** A session on a connection of the caller's, for the same tables. */
    public final Session on(Connection connection) {
        return new ConnectionSession(connection, settings);
    }

    /** Whether several threads may use it at once. */
    public abstract boolean isThreadSafe();

    /**
     * Runs a statement: in the present transaction; without one, on its own. For what only reads, and for the statements
     * of a transaction that the call has opened itself.
     */
    public final <T> T run(Function<DSLContext, T> statement) {
        return read(connection -> statement.apply(using(connection)));
    }

    /** Runs a statement by JDBC; otherwise as {@link #run}. */
    public abstract <T> T read(JdbcWork<T> statement);

    /** Renders statements for the tables of this session; has no connection. */
    public final DSLContext renderer() {
        return DSL.using(SQLDialect.POSTGRES, settings);
    }

    /**
     * Runs the one statement of a call that writes: in the present transaction, which stays usable if it fails; without
     * one, on its own.
     */
    public abstract <T> T write(Function<DSLContext, T> statement);

    /**
     * The same, but on its own it does not wait until it is on the disk: a crash of the server may lose it. How long it
     * takes says less about what it found to write.
     */
    public abstract <T> T writeWithoutWaiting(Function<DSLContext, T> statement);

    /** Runs all or nothing: in a new transaction, or in a savepoint of the present one. */
    public abstract <T> T transaction(Function<Session, T> work);

    /**
     * Runs what only reads, and sees one state of the database throughout: in a new transaction, or in the present one,
     * with that one's own view.
     */
    public abstract <T> T readOnly(Function<Session, T> work);

    /**
     * Runs work all of whose calls are on one connection, each on its own: for what belongs to the connection, such as
     * its advisory locks.
     *
     * @throws PromptForgeException inside a transaction, where no call is on its own
     */
    public abstract <T> T onOneConnection(Function<Session, T> work);

    /** Runs all or nothing, and again, up to so many times in all, after a deadlock or a serialization failure. */
    public final <T> T transaction(int attempts, Function<Session, T> work) {
        return Retry.upTo(attempts, () -> transaction(work));
    }

    /** Runs work as {@link #transaction(int, Function)} does, and rolls it back. */
    public final void rehearse(int attempts, Consumer<Session> work) {
        try {
            transaction(attempts, tx -> {
                work.accept(tx);
                throw new Rehearsed();
            });
        } catch (Rehearsed e) {
            // the work succeeded, and is rolled back
        }
    }

    private static final class Rehearsed extends PromptForgeException {
        private static final long serialVersionUID = 1L;

        Rehearsed() {
            super("This transaction is rolled back in any case.", null);
        }
    }

    /** The schema of the tables. */
    public final String schema() {
        RenderMapping mapping = settings.getRenderMapping();
        return mapping == null ? GENERATED_SCHEMA : mapping.getSchemata().get(0).getOutput();
    }

    static PromptForgeException insideATransaction() {
        return new PromptForgeException(
                "This runs in transactions of its own; call it outside of any, with autocommit on.", null);
    }

    final DSLContext using(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES, settings);
    }

    final Settings settings() {
        return settings;
    }

    /**
     * Work on a connection.
     *
     * @param <T> what it gives
     */
    public interface JdbcWork<T> {
        /** Does the work; closes what it opens, but not the connection. */
        T on(Connection connection) throws SQLException;
    }

    interface Work<T> {
        T run() throws SQLException;
    }

    static <T> T translatingErrors(Work<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw DatabaseErrors.translate(e);
        } catch (DataAccessException e) {
            SQLException cause = e.getCause(SQLException.class);
            throw cause == null
                    ? new PromptForgeException("The statement failed.", e)
                    : DatabaseErrors.translate(cause);
        }
    }
}
