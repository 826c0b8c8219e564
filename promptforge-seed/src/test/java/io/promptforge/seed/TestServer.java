package io.promptforge.seed;

import io.promptforge.postgres.EmbeddedPostgres;
import io.promptforge.schema.Migrations;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** One PostgreSQL for all tests of the JVM, a new database for each. */
public final class TestServer {
    private static final String TEMPLATE = "migrated";
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestServer() {}

    private static EmbeddedPostgres start() {
        EmbeddedPostgres server = EmbeddedPostgres.start();
        server.createDatabase(TEMPLATE);
        Migrations.apply(server.dataSource(TEMPLATE));
        server.freezeTemplate(TEMPLATE);
        return server;
    }

    /** The name of a new empty database. */
    public static String emptyDatabase() {
        String name = "seed_" + DATABASES.incrementAndGet();
        SERVER.createDatabase(name);
        return name;
    }

    /** A new database with the tables of this release and nothing in them. */
    public static DataSource migratedDatabase() {
        String name = "seed_" + DATABASES.incrementAndGet();
        SERVER.cloneDatabase(TEMPLATE, name);
        return dataSource(name);
    }

    public static DataSource dataSource(String database) {
        return SERVER.dataSource(database);
    }

    /** As DATABASE_URL would have it. */
    public static String url(String database) {
        return "postgresql+asyncpg://" + SERVER.user() + ":any@127.0.0.1:" + SERVER.port() + "/" + database;
    }

    public static void execute(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of the first row, as text; {@code "null"} for null. */
    public static String value(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
