package io.promptforge.benchmarks;

import io.promptforge.seed.testkit.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The main class of a fresh JVM: runs a query on a database, reports it, and waits for the end of its input. */
final class FirstQuery {
    static final String ANSWER = "answered";

    private FirstQuery() {}

    /** The source of the database. */
    enum Way {
        /** No database, for the time of the JVM alone. */
        NONE,
        TEST_KIT,
        /** An empty database: this launcher does not migrate. */
        ZONKY
    }

    public static void main(String[] arguments) throws Exception {
        switch (Way.valueOf(arguments[0])) {
            case NONE -> answer();
            case TEST_KIT -> {
                try (TestDatabase database = TestDatabase.create()) {
                    query(database.dataSource(), "SELECT count(*) FROM promptforge.organizations");
                    answer();
                }
            }
            case ZONKY -> {
                try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
                    query(server.getPostgresDatabase(), "SELECT count(*) FROM pg_class");
                    answer();
                }
            }
        }
    }

    static void query(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            if (!rows.next()) {
                throw new SQLException("No row: " + sql);
            }
        }
    }

    @SuppressWarnings("SystemOut") // the only way to tell the JVM that waits
    private static void answer() throws IOException {
        System.out.write((ANSWER + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
        while (System.in.read() >= 0) {
            // nothing is written; the end of the input ends the JVM
        }
    }
}
