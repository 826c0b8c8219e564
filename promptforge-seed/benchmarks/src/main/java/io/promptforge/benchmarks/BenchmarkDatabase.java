package io.promptforge.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.postgres.EmbeddedPostgres;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.ServiceRole;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The database that everything is measured on: of an embedded server, or a given one. The tables are in a schema of their own,
 * which is dropped in the end.
 */
final class BenchmarkDatabase implements AutoCloseable {
    static final String SCHEMA = "promptforge_benchmark";

    private static final String SERVICE = "promptforge_benchmark_service";

    /** Enough for the greatest number of writers. */
    private static final int CONNECTIONS = 8;

    /** PostgreSQL's safe defaults, with the memory of a small dedicated server. */
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "wal_level", "replica",
            "shared_buffers", "2GB",
            "max_wal_size", "2GB",
            "checkpoint_timeout", "15min",
            "maintenance_work_mem", "256MB");

    private static final String SHOWN_SETTINGS = """
            SELECT name, current_setting(name) FROM pg_settings
            WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'wal_level', 'shared_buffers', 'max_wal_size',
                'checkpoint_timeout', 'maintenance_work_mem', 'work_mem', 'autovacuum', 'jit', 'effective_cache_size',
                'random_page_cost')
            ORDER BY name
            """;

    private final String url;
    private final String dataFolder;
    private final Runnable end;
    private final List<HikariDataSource> pools = new ArrayList<>();
    private boolean hasServiceRole;

    private BenchmarkDatabase(String url, String dataFolder, Runnable end) {
        this.url = url;
        this.dataFolder = dataFolder;
        this.end = end;
    }

    /** A database on a server of its own, whose data is in this folder, by default in memory if there is room. */
    static BenchmarkDatabase embedded(Optional<Path> folder) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        SETTINGS.forEach(builder::setting);
        folder.ifPresent(builder::dataRoot);
        EmbeddedPostgres server = builder.start();
        server.createDatabase(SCHEMA);
        return new BenchmarkDatabase(
                server.jdbcUrl(SCHEMA), server.dataDirectory().toString(), server::close);
    }

    /** A given database; closing drops the schema. */
    static BenchmarkDatabase at(String jdbcUrl) {
        BenchmarkDatabase database = inUse(jdbcUrl);
        return new BenchmarkDatabase(
                jdbcUrl, database.dataFolder, () -> database.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE"));
    }

    /** The database that another JVM has made; closing leaves it as it is. */
    static BenchmarkDatabase inUse(String jdbcUrl) {
        return new BenchmarkDatabase(jdbcUrl, "a given server's", () -> {});
    }

    String url() {
        return url;
    }

    /** Creates the tables. */
    void migrate() {
        if (!query("SELECT nspname FROM pg_namespace WHERE nspname = '" + SCHEMA + "'")
                .isEmpty()) {
            throw new IllegalStateException("The database already has a schema " + SCHEMA + "; drop it first.");
        }
        Migrations.of(dataSource(false)).schema(SCHEMA).apply();
    }

    /** A pool of connections. */
    HikariDataSource pool(boolean rewritingBatches) {
        return pool(dataSource(rewritingBatches));
    }

    /** A pool of connections of a role that row-level security confines to one tenant at a time. */
    HikariDataSource confinedPool() {
        String password = UUID.randomUUID().toString();
        ServiceRole.of(dataSource(false)).schema(SCHEMA).named(SERVICE).grant();
        hasServiceRole = true;
        execute("ALTER ROLE " + SERVICE + " LOGIN PASSWORD '" + password + "'");
        PGSimpleDataSource dataSource = dataSource(false);
        dataSource.setUser(SERVICE);
        dataSource.setPassword(password);
        return pool(dataSource);
    }

    private HikariDataSource pool(PGSimpleDataSource dataSource) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(dataSource);
        pool.setMinimumIdle(CONNECTIONS);
        pool.setMaximumPoolSize(CONNECTIONS);
        pools.add(pool);
        return pool;
    }

    private PGSimpleDataSource dataSource(boolean rewritingBatches) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        dataSource.setCurrentSchema(SCHEMA);
        dataSource.setReWriteBatchedInserts(rewritingBatches);
        return dataSource;
    }

    /** Updates the statistics and the visibility map, as autovacuum would do later. */
    void tidy() {
        execute("VACUUM (ANALYZE) " + SCHEMA + ".traces", "VACUUM (ANALYZE) " + SCHEMA + ".spans", "CHECKPOINT");
    }

    void execute(String... statements) {
        try (Connection connection = dataSource(false).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The first column of all rows. */
    List<String> query(String sql) {
        try (Connection connection = dataSource(false).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The version and the settings of the server. */
    Map<String, String> description() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("PostgreSQL", query("SHOW server_version").get(0));
        facts.put("Data", dataFolder);
        facts.put(
                "Settings",
                String.join(
                        ", ",
                        query("SELECT name || '=' || value FROM (" + SHOWN_SETTINGS + ") settings (name, value)")));
        return facts;
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
        if (hasServiceRole) {
            execute("DROP OWNED BY " + SERVICE, "DROP ROLE " + SERVICE);
        }
        end.run();
    }
}
