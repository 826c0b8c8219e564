package io.promptforge.dao.internal;

import io.promptforge.dao.error.PromptForgeException;
import java.sql.Connection;
import java.sql.SQLException;
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
 * Where statements run: over a DataSource, each call on a connection of its own, or inside a transaction, on its
 * connection. The one place that opens transactions and lets database errors out.
 */
public abstract sealed class Session permits DataSourceSession, TransactionSession {
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

    /** Runs statements in the present transaction; without one, each on its own. */
    public abstract <T> T run(Function<DSLContext, T> statements);

    /** Runs all or nothing: in a new transaction, or in a savepoint of the present one. */
    public abstract <T> T transaction(Function<Session, T> work);

    final DSLContext on(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES, settings);
    }

    final Settings settings() {
        return settings;
    }

    /** Work on a connection. */
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
