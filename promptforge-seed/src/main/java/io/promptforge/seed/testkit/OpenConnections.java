package io.promptforge.seed.testkit;

import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the open connections to a database, ends them, and says who holds those of the server. Thread-safe. */
final class OpenConnections {
    private static final String TO_DATABASE =
            "FROM pg_stat_activity WHERE datname = ? AND backend_type = 'client backend'";

    private static final String IN_TRANSACTION = TO_DATABASE + " AND state LIKE 'idle in transaction%'";

    private static final String DESCRIBE = """
            SELECT count(*),
                   string_agg(format('%s%s, last statement: %s', coalesce(nullif(application_name, '') || ', ', ''),
                                     coalesce(state, 'unknown'), left(regexp_replace(query, '\\s+', ' ', 'g'), 120)), '; ')
            """;

    private static final String HOLDERS = """
            SELECT datname, count(*), current_setting('max_connections')
              FROM pg_stat_activity
             WHERE backend_type = 'client backend'
             GROUP BY datname
             ORDER BY count(*) DESC, datname
             LIMIT 20
            """;

    private final StatementRunner statements;

    OpenConnections(DatabaseAddress maintenance) {
        this.statements = new StatementRunner(maintenance.dataSource());
    }

    /** The number of client connections and the last statement of each, as text; empty if there are none. */
    Optional<String> to(String database) throws SQLException {
        return describe(TO_DATABASE, database);
    }

    /** Ends all client connections. */
    void end(String database) throws SQLException {
        terminate(TO_DATABASE, database);
    }

    /**
     * Reports the transactions that wait for their next statement, and ends their connections.
     *
     * @param owner the last user of the database
     */
    void endTransactions(String database, String owner) throws SQLException {
        Optional<String> open = describe(IN_TRANSACTION, database);
        if (open.isPresent()) {
            System.getLogger(OpenConnections.class.getPackageName())
                    .log(
                            Level.WARNING,
                            owner + " left transactions open in its test database: " + open.get()
                                    + ". Their connections are ended, because the database is restored.");
        }
        terminate(IN_TRANSACTION, database);
    }

    /** Keeps a connection open, so that {@link #holders} can tell who holds all others. */
    void reserve() throws SQLException {
        statements.execute("SELECT 1");
    }

    /** The databases with the most connections, one a line, for a server that refuses another one. */
    List<String> holders() throws SQLException {
        return statements.with(connection -> {
            try (PreparedStatement select = connection.prepareStatement(HOLDERS);
                    ResultSet found = select.executeQuery()) {
                List<String> lines = new ArrayList<>();
                while (found.next()) {
                    lines.add(found.getString(2) + " of " + found.getString(3) + ": " + found.getString(1));
                }
                return lines;
            }
        });
    }

    private Optional<String> describe(String which, String database) throws SQLException {
        return statements.with(connection -> {
            try (PreparedStatement select = connection.prepareStatement(DESCRIBE + which)) {
                select.setString(1, database);
                try (ResultSet found = select.executeQuery()) {
                    found.next();
                    int count = found.getInt(1);
                    return count == 0 ? Optional.empty() : Optional.of(count + " (" + found.getString(2) + ")");
                }
            }
        });
    }

    private void terminate(String which, String database) throws SQLException {
        statements.with(connection -> {
            try (PreparedStatement end = connection.prepareStatement("SELECT pg_terminate_backend(pid) " + which)) {
                end.setString(1, database);
                return end.execute();
            }
        });
    }
}
