package io.promptforge.schema;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.postgres.PostgresServer;
import io.promptforge.schema.distribution.Distribution;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One server per JVM: the first test starts it, and it ends with the JVM; or the cluster that is given, on which the tables are distributed. */
public final class TestServer {

    private static final PostgresServer SERVER = PostgresServer.forTests();
    private static final AtomicInteger NAMES = new AtomicInteger();

    private TestServer() {}

    /** Whether tables can be distributed: the databases are those of a cluster of Citus. */
    public static boolean isCluster() {
        return SERVER.isCluster();
    }

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

    /** Creates a role without rights, with a unique name; roles are shared by all databases of the server, and stay on a cluster. */
    public static String newRole(String prefix) {
        String role = prefix + "_" + ProcessHandle.current().pid() + "_" + NAMES.incrementAndGet();
        SERVER.run("CREATE ROLE " + role + " LOGIN");
        return role;
    }

    /** Lets the role create schemas in this database, on all nodes of a cluster. */
    public static void letCreate(PGSimpleDataSource database, String role) {
        SERVER.run("GRANT CREATE ON DATABASE " + database.getDatabaseName() + " TO " + role);
        if (SERVER.isCluster()) {
            // Citus knows a role that was made in another database only when it owns something that is distributed.
            Sql.run(
                    database,
                    "CREATE TABLE IF NOT EXISTS owned (id uuid); ALTER TABLE owned OWNER TO " + role,
                    "SELECT create_distributed_table('owned', 'id')",
                    "DROP TABLE owned");
        }
    }

    /** Returns a data source of another role for this database. */
    public static PGSimpleDataSource as(PGSimpleDataSource database, String role) {
        PGSimpleDataSource dataSource = to("postgres", role);
        dataSource.setDatabaseName(String.valueOf(database.getDatabaseName()));
        return dataSource;
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
        PGSimpleDataSource dataSource = (PGSimpleDataSource) SERVER.dataSource(database);
        dataSource.setUser(role);
        return dataSource;
    }

    private static final class Template {
        private static final String NAME = "migrated";

        static {
            SERVER.createDatabase(NAME);
            Migrations.apply(to(NAME, SERVER.user()));
            if (SERVER.isCluster()) {
                Distribution.of(to(NAME, SERVER.user())).apply();
            }
            SERVER.freezeTemplate(NAME);
        }

        static String name() {
            return NAME;
        }
    }
}
