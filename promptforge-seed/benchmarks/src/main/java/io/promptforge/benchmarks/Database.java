package io.promptforge.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.postgres.EmbeddedPostgres;
import io.promptforge.schema.Migrations;
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
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The database that everything is measured on: an embedded server's, or a given one's. What is written lies in a schema of
 * its own, which goes in the end.
 */
final class Database implements AutoCloseable {
    static final String SCHEMA = "promptforge_benchmark";

    /** For the greatest number of writers. */
    private static final int CONNECTIONS = 8;

    /** As safe as PostgreSQL comes, and as much memory as a small server of its own would be given. */
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

    private final @Nullable EmbeddedPostgres server;
    private final String url;
    private final List<HikariDataSource> pools = new ArrayList<>();

    private Database(@Nullable EmbeddedPostgres server, String url) {
        this.server = server;
        this.url = url;
    }

    /** A server of our own, whose data lies in this folder, else in memory where there is room. */
    static Database embedded(Optional<Path> folder) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        SETTINGS.forEach(builder::setting);
        folder.ifPresent(builder::dataRoot);
        EmbeddedPostgres server = builder.start();
        server.createDatabase(SCHEMA);
        return new Database(server, server.jdbcUrl(SCHEMA));
    }

    /** A database that is there. */
    static Database at(String jdbcUrl) {
        return new Database(null, jdbcUrl);
    }

    /** Makes the tables. */
    void migrate() {
        if (!query("SELECT nspname FROM pg_namespace WHERE nspname = '" + SCHEMA + "'")
                .isEmpty()) {
            throw new IllegalStateException("The database already has a schema " + SCHEMA + "; drop it first.");
        }
        Migrations.of(dataSource(false)).schema(SCHEMA).apply();
    }

    /** A pool of connections. */
    HikariDataSource pool(boolean rewritingBatches) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(dataSource(rewritingBatches));
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

    /** Brings statistics and the map of visible rows up to date, as autovacuum would sooner or later. */
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

    /** The first column of the rows. */
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

    /** What the server is and how it is set. */
    Map<String, String> description() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("PostgreSQL", query("SHOW server_version").get(0));
        facts.put(
                "Data",
                server == null ? "a given server's" : server.dataDirectory().toString());
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
        if (server == null) {
            execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
        } else {
            server.close();
        }
    }
}
