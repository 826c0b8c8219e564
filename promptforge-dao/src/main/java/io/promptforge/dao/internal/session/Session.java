package io.promptforge.dao.internal.session;

import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.transaction.HostTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * Runs statements: each on a connection of its own from a DataSource, on the caller's connection, or inside a transaction. Only
 * sessions open transactions and translate database errors.
 */
public abstract sealed class Session permits ConnectionSession, DataSourceSession, TransactionSession {
    private static final String GENERATED_SCHEMA = "promptforge";

    private final SessionSettings settings;

    Session(SessionSettings settings) {
        this.settings = settings;
    }

    /**
     * A session over a DataSource, which it does not close.
     *
     * @param schema the schema of the tables
     * @param host the transactions of the host, which calls join
     * @param serviceRole the role to run statements of tenants as; empty for that of the connection
     */
    public static Session over(
            DataSource dataSource, String schema, HostTransactions host, Optional<String> serviceRole) {
        Settings settings = new Settings().withExecuteLogging(false);
        if (!schema.equals(GENERATED_SCHEMA)) {
            settings.withRenderMapping(new RenderMapping()
                    .withSchemata(new MappedSchema().withInput(GENERATED_SCHEMA).withOutput(schema)));
        }
        return new DataSourceSession(
                dataSource, SessionSettings.of(settings, host, new Confinement(schema, serviceRole)));
    }

    /** A session on the caller's connection, for the same tables. */
    public final Session on(Connection connection) {
        return new ConnectionSession(connection, settings);
    }

    /** This session for the statements of a tenant: under row-level security, they see and write its rows only. */
    public final Session as(UUID tenant) {
        return with(settings.as(tenant));
    }

    /**
     * This session for the statements of an actor, whom the audit log names.
     *
     * @param actor as in the setting that the log's triggers read
     */
    public final Session by(String actor) {
        return with(settings.by(actor));
    }

    abstract Session with(SessionSettings other);

    /**
     * Refuses a call that reads across the tenants, which a confined role would see nothing of.
     *
     * @param what the call reads, for the message
     * @throws AccessDeniedException if the database confines the role of the connections to one tenant
     */
    public final void refuseIfConfined(String what) {
        if (isConfined()) {
            throw new AccessDeniedException(
                    "The database role is confined to one organization at a time, so it cannot read " + what
                            + "; use a DataSource of the tables' owner.",
                    null);
        }
    }

    /** Whether the database confines the role of the connections to one tenant. */
    public final boolean isConfined() {
        return read(settings.confinement()::isConfined);
    }

    /** Whether the tables are distributed over a Citus cluster, for the few statements that it needs in another form. */
    public final boolean isDistributed(Connection connection) throws SQLException {
        return settings.confinement().server(connection).isCitus();
    }

    /** Like {@link #isDistributed(Connection)}, on a connection of this session where it is not known yet. */
    public final boolean isDistributed() {
        return settings.confinement()
                .known()
                .map(Confinement.Server::isCitus)
                .orElseGet(() -> read(this::isDistributed));
    }

    /** Sets a parameter of the server until the end of the present transaction, also where the shards are. */
    public final void setLocally(String parameter, String value) {
        read(connection -> {
            settings.confinement().setLocally(connection, parameter, value);
            return true;
        });
    }

    /** An object that all sessions over one DataSource share; made by the first call. Thread-safe if the object is. */
    public final <T> T shared(Class<T> type, Supplier<T> maker) {
        return type.cast(settings.shared().computeIfAbsent(type, key -> maker.get()));
    }

    /** Whether threads may share it. */
    public abstract boolean isThreadSafe();

    /**
     * Runs a statement in the present transaction, else on its own. For statements that only read, and for those of a transaction
     * that the same call has opened.
     */
    public final <T> T run(Function<DSLContext, T> statement) {
        return read(connection -> statement.apply(using(connection)));
    }

    /** Runs a statement by JDBC; otherwise as {@link #run}. */
    public abstract <T> T read(JdbcWork<T> statement);

    /** Renders statements for the tables of this session; has no connection. */
    public final DSLContext renderer() {
        return DSL.using(SQLDialect.POSTGRES, settings.jooq());
    }

    /**
     * Runs the only statement of a call that writes: in the present transaction, which stays usable if the statement fails, else on
     * its own.
     */
    public final <T> T write(Function<DSLContext, T> statement) {
        return writeByJdbc(connection -> statement.apply(using(connection)));
    }

    /** Runs a statement by JDBC; otherwise as {@link #write}. */
    public abstract <T> T writeByJdbc(JdbcWork<T> statement);

    /**
     * Runs a statement as {@link #write} does; on its own, without waiting for the disk, so a crash of the server may lose it. The
     * time it takes tells less about whether there was something to write.
     */
    public abstract <T> T writeWithoutWaiting(Function<DSLContext, T> statement);

    /** Runs work all or nothing: in a new transaction, or in a savepoint of the present one. */
    public abstract <T> T transaction(Function<Session, T> work);

    /**
     * Runs work that only reads and sees one state of the database: in a new transaction, or in the present one with what that one
     * sees.
     */
    public abstract <T> T readOnly(Function<Session, T> work);

    /**
     * Runs work whose calls use one connection, each in a transaction of its own: for what belongs to the connection, such as
     * advisory locks.
     *
     * @throws PromptForgeException inside a transaction
     */
    public abstract <T> T onOneConnection(Function<Session, T> work);

    /**
     * Runs work all or nothing, up to {@code attempts} times as long as it fails by a deadlock, a serialization failure or a
     * read-only server.
     */
    public final <T> T transaction(int attempts, Function<Session, T> work) {
        return Retry.upTo(attempts, () -> transaction(work));
    }

    /** Runs work in a transaction, or in a savepoint of the present one, and rolls it back. */
    public final <T> T rehearse(Function<Session, T> work) {
        List<T> result = new ArrayList<>(1);
        try {
            return transaction(tx -> {
                result.add(work.apply(tx));
                throw new Rehearsed();
            });
        } catch (Rehearsed e) {
            return result.get(0);
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
        RenderMapping mapping = settings.jooq().getRenderMapping();
        return mapping == null ? GENERATED_SCHEMA : mapping.getSchemata().get(0).getOutput();
    }

    static PromptForgeException insideATransaction() {
        return new PromptForgeException(
                "This runs in transactions of its own; call it outside of any, with autocommit on.", null);
    }

    final DSLContext using(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES, settings.jooq());
    }

    final SessionSettings settings() {
        return settings;
    }

    /**
     * Work on a connection.
     *
     * @param <T> the type of the result
     */
    public interface JdbcWork<T> {
        /** Does the work; closes the statements it opens, but not the connection. */
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
