package io.promptforge.schema;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.postgres.EmbeddedPostgres;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One server per JVM: the first test starts it, and it ends with the JVM. */
public final class TestServer {

    private static final EmbeddedPostgres SERVER = EmbeddedPostgres.start();
    private static final AtomicInteger NAMES = new AtomicInteger();

    private TestServer() {}

    /** Creates an empty database; returns a data source of the superuser. */
    public static PGSimpleDataSource emptyDatabase() {
        String name = "test_" + NAMES.incrementAndGet();
        SERVER.createDatabase(name);
        return to(name, SERVER.user());
    }

    /** Creates a database with the migrated schema {@code promptforge}; returns a data source of the superuser. */
    public static PGSimpleDataSource migratedDatabase() {
        String name = "test_" + NAMES.incrementAndGet();
        SERVER.cloneDatabase(Template.name(), name);
        return to(name, SERVER.user());
    }

    /** Creates a role without rights, with a unique name; roles are shared by all databases of the server. */
    public static String newRole(String prefix) {
        String role = prefix + "_" + NAMES.incrementAndGet();
        Sql.run(to("postgres", SERVER.user()), "CREATE ROLE " + role + " LOGIN");
        return role;
    }

    /** Returns a data source of another role for this database. */
    public static PGSimpleDataSource as(PGSimpleDataSource database, String role) {
        return to(String.valueOf(database.getDatabaseName()), role);
    }

    /** Creates a pool, which the caller must close. */
    public static HikariDataSource pool(DataSource database, int size) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(database);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(30_000);
        return pool;
    }

    private static PGSimpleDataSource to(String database, String role) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {SERVER.port()});
        dataSource.setDatabaseName(database);
        dataSource.setUser(role);
        dataSource.setSslMode("disable");
        dataSource.setGssEncMode("disable");
        return dataSource;
    }

    private static final class Template {
        private static final String NAME = "migrated";

        static {
            SERVER.createDatabase(NAME);
            Migrations.apply(to(NAME, SERVER.user()));
            SERVER.freezeTemplate(NAME);
        }

        static String name() {
            return NAME;
        }
    }
}
