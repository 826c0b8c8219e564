package io.promptforge.dao;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.dao.secret.MasterKeys;
import io.promptforge.postgres.PostgresServer;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.ServiceRole;
import io.promptforge.schema.distribution.Distribution;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of its own for a test class, on one server per JVM that goes with the JVM. Its tests share it, each with
 * organizations of its own. The server is embedded, or the cluster that is given, on which the tables are distributed.
 */
public final class ClassDatabase {

    private static final PostgresServer SERVER = PostgresServer.forTests();
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** The lowest cost of bcrypt, to save time. */
    private static final PromptForgeSettings SETTINGS =
            PromptForgeSettings.defaults().bcryptCost(4).masterKeys(masterKeys("test", 1));

    /** More than the threads of any test. */
    private static final int MOST_SESSIONS = 40;

    /** A word that must be quoted; another one on a cluster, since Citus does not quote it where it hands on GRANT ON FUNCTION. */
    public static final String OTHER_SCHEMA = SERVER.isCluster() ? "other" : "order";

    /** The role of {@link #serviceDataSource}. */
    static final String SERVICE = "promptforge_service";

    private final String name;
    private final DataSource connections;
    private final PromptForge forge;

    private ClassDatabase(String name) {
        this.name = name;
        this.connections = pool(dataSource());
        this.forge = PromptForge.create(connections, SETTINGS);
    }

    /** A new session takes longer than most statements, and on a cluster much longer. */
    private static HikariDataSource pool(DataSource dataSource) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(dataSource);
        pool.setMinimumIdle(0);
        pool.setMaximumPoolSize(MOST_SESSIONS);
        pool.setIdleTimeout(10_000);
        if (SERVER.isCluster()) {
            pool.setConnectionInitSql("SET citus.enable_unsafe_triggers TO on"); // a test may make one
        }
        return pool;
    }

    /** Master keys of which one has this name, and consists of equal bytes. */
    public static MasterKeys masterKeys(String name, int each) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) each);
        return MasterKeys.parse(name + "=" + Base64.getEncoder().encodeToString(key));
    }

    /** A new database with the schema {@code promptforge}, up to date. */
    public static ClassDatabase migrated() {
        String name = "test_" + NAMES.incrementAndGet();
        SERVER.cloneDatabase(Template.name(), name);
        return new ClassDatabase(name);
    }

    /** A new database without anything. */
    public static ClassDatabase empty() {
        String name = "test_" + NAMES.incrementAndGet();
        SERVER.createDatabase(name);
        return new ClassDatabase(name);
    }

    /** Migrates a schema of another name beside the one of {@link #migrated}. */
    public void migrateOtherSchema() {
        migrate(name, OTHER_SCHEMA);
    }

    private static void migrate(String database, String schema) {
        Migrations.of(SERVER.dataSource(database)).schema(schema).apply();
        if (SERVER.isCluster()) {
            Distribution.of(SERVER.dataSource(database)).schema(schema).apply();
        }
    }

    /** PromptForge over this database, with cheap passwords. */
    public PromptForge forge() {
        return forge;
    }

    /** The settings of {@link #forge}. */
    public static PromptForgeSettings settings() {
        return SETTINGS;
    }

    /** A new organization with what most tests need. */
    public TestTenant newTenant() {
        return new TestTenant(forge);
    }

    /** Connections without a pool, as the superuser. */
    public DataSource dataSource() {
        return SERVER.dataSource(name);
    }

    /** Connections of a pool, as the superuser. */
    public DataSource pooledDataSource() {
        return connections;
    }

    /** Connections without a pool, as another role, which may not exist yet. */
    public DataSource dataSourceOf(String role) {
        PGSimpleDataSource dataSource = (PGSimpleDataSource) dataSource();
        dataSource.setUser(role);
        return dataSource;
    }

    /** Creates a role that may log in, and returns its name: roles belong to the whole server, which on a cluster outlives the tests. */
    public String newRole(String purpose) {
        String role = purpose + "_" + UUID.randomUUID().toString().replace("-", "");
        execute("CREATE ROLE " + role + " LOGIN");
        return role;
    }

    /** Connections without a pool, as a role of services, which row-level security confines to one tenant. */
    public DataSource serviceDataSource() {
        grant(dataSource());
        return dataSourceOf(SERVICE);
    }

    /** One at a time, because roles belong to the whole server. */
    private static synchronized void grant(DataSource owner) {
        ServiceRole.of(owner).named(SERVICE).grant();
        SERVER.run("ALTER ROLE " + SERVICE + " LOGIN");
    }

    /** Whether the tables are distributed: the tests run on a cluster that is given. */
    public static boolean isCluster() {
        return SERVER.isCluster();
    }

    /** Runs SQL without the library. */
    public void execute(String sql) {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Runs SQL as the superuser of a replica: without triggers and checks of foreign keys, which a cluster has on other nodes. */
    public void executeAsReplica(String sql) {
        execute(
                "BEGIN; SET LOCAL citus.propagate_set_commands TO 'local'; SET LOCAL session_replication_role TO replica;"
                        + sql + "; COMMIT");
    }

    /** Whether a session waits for a lock, on any node. */
    public boolean isAnySessionWaiting() {
        String waiting =
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        return !query(
                        isCluster()
                                ? "SELECT sum(result::bigint) FROM run_command_on_all_nodes($$" + waiting + "$$)"
                                : waiting)
                .equals(List.of("0"));
    }

    /** The first column of every row, as text. */
    public List<String> query(String sql) {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static final class Template {
        private static final String NAME = "migrated";

        static {
            SERVER.createDatabase(NAME);
            migrate(NAME, "promptforge");
            SERVER.freezeTemplate(NAME);
        }

        /** Creates the template at the first call. */
        static String name() {
            return NAME;
        }
    }
}
