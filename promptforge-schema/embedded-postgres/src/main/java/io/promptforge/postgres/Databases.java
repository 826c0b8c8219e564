package io.promptforge.postgres;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Creates and clones databases. Connections are kept for later calls, at most one for each concurrent caller, because
 * opening one takes half as long as cloning a database.
 */
final class Databases implements AutoCloseable {

    /** In bytes: NAMEDATALEN - 1. PostgreSQL silently truncates longer names. */
    private static final int LONGEST_NAME = 63;

    private final DataSource dataSource;
    private final Path folder;
    private final String strategy;
    private final ConcurrentLinkedQueue<Connection> idle = new ConcurrentLinkedQueue<>();

    /** @param folder the folder of the server's data, for messages */
    Databases(DataSource dataSource, int major, Path folder) {
        this.dataSource = dataSource;
        this.folder = folder;
        // FILE_COPY is the only strategy of PostgreSQL 14, which has no name for it. Without fsync it is the fastest,
        // as long
        // as it is used exclusively: each copy begins with a checkpoint, which writes out what WAL_LOG left in memory.
        this.strategy = major >= 15 ? " STRATEGY FILE_COPY" : "";
    }

    void create(String name) {
        execute("CREATE DATABASE " + quoted(name) + strategy);
    }

    void clone(String template, String name) {
        execute("CREATE DATABASE " + quoted(name) + " TEMPLATE " + quoted(template) + strategy);
    }

    void drop(String name) {
        execute("DROP DATABASE " + quoted(name) + " WITH (FORCE)");
    }

    void freeze(String name) {
        execute("ALTER DATABASE " + quoted(name) + " WITH IS_TEMPLATE true ALLOW_CONNECTIONS false");
    }

    static String urlEncoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    void execute(String sql) {
        try {
            Connection connection = connection();
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } finally {
                idle.add(connection);
            }
        } catch (SQLException e) {
            throw new EmbeddedPostgresException(sql + " failed: " + e.getMessage() + DiskFull.advice(e, folder), e);
        }
    }

    private Connection connection() throws SQLException {
        @Nullable Connection kept = idle.poll();
        return kept == null || kept.isClosed() ? dataSource.getConnection() : kept;
    }

    private static String quoted(String name) {
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "A database's name has 1 to " + LONGEST_NAME + " bytes; this one is '" + name + "'");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            try {
                connection.close();
            } catch (SQLException ignored) {
                // The server ends right after this, and with it the connection.
            }
        }
    }
}
