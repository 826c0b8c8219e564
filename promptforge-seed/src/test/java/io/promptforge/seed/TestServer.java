package io.promptforge.seed;

import io.promptforge.postgres.EmbeddedPostgres;
import io.promptforge.schema.MigrationResult;
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
    private static final EmbeddedPostgres SERVER = EmbeddedPostgres.start();
    private static final MigrationResult MIGRATED = makeTemplate();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestServer() {}

    private static MigrationResult makeTemplate() {
        SERVER.createDatabase(TEMPLATE);
        MigrationResult migrated = Migrations.apply(SERVER.dataSource(TEMPLATE));
        SERVER.freezeTemplate(TEMPLATE);
        return migrated;
    }

    /** How many migrations this release has; they are counted without gaps, so this is the latest version as well. */
    public static int migrations() {
        return MIGRATED.applied();
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
