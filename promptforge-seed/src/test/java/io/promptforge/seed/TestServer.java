package io.promptforge.seed;

import io.promptforge.postgres.PostgresServer;
import io.promptforge.schema.MigrationResult;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.distribution.Distribution;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One embedded server for all tests of the JVM, with a new database for each test; or the cluster that is given. */
public final class TestServer {
    private static final String TEMPLATE = "migrated";
    private static final PostgresServer SERVER = PostgresServer.forTests();
    private static final MigrationResult MIGRATED = makeTemplate();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestServer() {}

    private static MigrationResult makeTemplate() {
        SERVER.createDatabase(TEMPLATE);
        MigrationResult migrated = Migrations.apply(SERVER.dataSource(TEMPLATE));
        if (SERVER.isCluster()) {
            Distribution.of(SERVER.dataSource(TEMPLATE)).apply();
        }
        SERVER.freezeTemplate(TEMPLATE);
        return migrated;
    }

    /** The number of migrations, which is also the latest version: versions have no gaps. */
    public static int migrations() {
        return MIGRATED.applied();
    }

    /** Creates an empty database; returns its name. */
    public static String emptyDatabase() {
        String name = "seed_" + DATABASES.incrementAndGet();
        SERVER.createDatabase(name);
        return name;
    }

    /** Creates a migrated database without data. */
    public static DataSource migratedDatabase() {
        String name = "seed_" + DATABASES.incrementAndGet();
        SERVER.cloneDatabase(TEMPLATE, name);
        return dataSource(name);
    }

    public static DataSource dataSource(String database) {
        return SERVER.dataSource(database);
    }

    /** A URL as in DATABASE_URL. */
    public static String url(String database) {
        return "postgresql+asyncpg://" + SERVER.user() + ":any@127.0.0.1:" + SERVER.port() + "/"
                + ((PGSimpleDataSource) dataSource(database)).getDatabaseName();
    }
}
