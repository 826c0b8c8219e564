package io.promptforge.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What the tests ask servers for. */
final class Servers {

    /** Unpacked once for all tests, because that is what takes longest in a start with an empty cache. */
    private static final Path INSTALLATION = unpacked();

    private Servers() {}

    static Path installation() {
        return INSTALLATION;
    }

    static String query(EmbeddedPostgres server, String database, String sql) throws SQLException {
        try (Connection connection = server.dataSource(database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    static void execute(EmbeddedPostgres server, String database, String sql) throws SQLException {
        try (Connection connection = server.dataSource(database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Path unpacked() {
        Machine machine = Machine.current();
        Cache cache = new Cache(machine, Account.current(machine), null);
        // The lease stays open until the JVM ends.
        return Binaries.find(machine, null).install(cache).folder();
    }
}
