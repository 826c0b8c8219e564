package io.promptforge.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs SQL on servers, and unpacks the binaries for the tests. */
final class Servers {

    /** Unpacked once for all tests: unpacking takes most of the time of a start with an empty cache. */
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
        LauncherEnvironment machine = LauncherEnvironment.current();
        Cache cache = new Cache(machine, JvmUser.current(machine), null);
        // The lease stays open until the JVM ends.
        return Binaries.find(machine, null).install(cache).folder();
    }
}
