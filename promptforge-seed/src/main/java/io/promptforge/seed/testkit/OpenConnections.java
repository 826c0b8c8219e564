package io.promptforge.seed.testkit;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Finds the open connections to a database. */
final class OpenConnections {
    private static final String CONNECTIONS = """
            SELECT count(*),
                   string_agg(format('%s%s, last statement: %s', coalesce(nullif(application_name, '') || ', ', ''),
                                     coalesce(state, 'unknown'), left(regexp_replace(query, '\\s+', ' ', 'g'), 120)), '; ')
              FROM pg_stat_activity
             WHERE datname = ? AND backend_type = 'client backend'
            """;

    private final StatementRunner statements;

    OpenConnections(DatabaseAddress maintenance) {
        this.statements = new StatementRunner(maintenance.dataSource());
    }

    /** The number of client connections and the last statement of each, as text; empty if there are none. */
    Optional<String> to(String database) throws SQLException {
        return statements.with(connection -> {
            try (PreparedStatement select = connection.prepareStatement(CONNECTIONS)) {
                select.setString(1, database);
                try (ResultSet found = select.executeQuery()) {
                    found.next();
                    int count = found.getInt(1);
                    return count == 0 ? Optional.empty() : Optional.of(count + " (" + found.getString(2) + ")");
                }
            }
        });
    }
}
