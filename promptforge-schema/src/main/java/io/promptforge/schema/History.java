package io.promptforge.schema;

import io.promptforge.schema.internal.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The applied scripts, oldest first, from the history table of the schema. Flyway creates and writes the table; besides it,
 * only this class uses the columns.
 */
record History(List<Applied> applied) {

    static final String TABLE = "flyway_schema_history";

    static final History NONE = new History(List.of());

    /** An applied script; {@code checksum} is null in rows that are not from a script of this library. */
    record Applied(
            String version,
            String description,
            @Nullable Integer checksum,
            boolean success,
            Instant installedAt,
            Duration executionTime) {}

    /** Reads the history with one statement; empty when there is no table or no schema. */
    static Optional<History> read(Connection connection, String schema) throws SQLException {
        // Flyway's rows about other events, such as creating the schema, have no version.
        String sql = """
                SELECT version, description, checksum, success, installed_on::timestamptz, execution_time
                FROM %s
                WHERE version IS NOT NULL
                ORDER BY installed_rank""".formatted(qualified(schema));
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            List<Applied> applied = new ArrayList<>();
            while (rows.next()) {
                applied.add(new Applied(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getObject(3, Integer.class),
                        rows.getBoolean(4),
                        rows.getObject(5, OffsetDateTime.class).toInstant(),
                        Duration.ofMillis(rows.getLong(6))));
            }
            return Optional.of(new History(List.copyOf(applied)));
        } catch (SQLException e) {
            String code = SqlState.of(e);
            if (code.equals(SqlState.UNDEFINED_TABLE) || code.equals(SqlState.INVALID_SCHEMA_NAME)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Notes on the table, in the transaction of a script, that it is committed. Flyway writes the row of the script in a transaction of
     * another connection, which is lost if the server or the client ends between the two commits.
     */
    static void note(Connection connection, String schema, String version) throws SQLException {
        execute(connection, "COMMENT ON TABLE %s IS '%s'".formatted(qualified(schema), noteOf(version)));
    }

    /** Whether the script of this version is committed and is the newest one. */
    static boolean isNoted(Connection connection, String schema, String version) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 WHERE obj_description(?::regclass, 'pg_class') = ?")) {
            select.setString(1, qualified(schema));
            select.setString(2, noteOf(version));
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static String noteOf(String version) {
        return "Applied up to version " + version;
    }

    /** Writes the row of a script, if Flyway has not. */
    static void complete(Connection connection, String schema, Script script) throws SQLException {
        String sql = """
                INSERT INTO %1$s (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                SELECT (SELECT coalesce(max(installed_rank), 0) + 1 FROM %1$s), ?, ?, 'SQL', ?, ?, current_user, 0, true
                WHERE NOT EXISTS (SELECT FROM %1$s WHERE version = ?)
                ON CONFLICT DO NOTHING""".formatted(qualified(schema));
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, script.version());
            insert.setString(2, script.description());
            insert.setString(3, script.fileName());
            insert.setInt(4, script.checksum());
            insert.setString(5, script.version());
            insert.executeUpdate();
        }
    }

    /** Removes the row of the newest version and its note; returns whether there was one. */
    static boolean forget(Connection connection, String schema, String version) throws SQLException {
        execute(connection, "COMMENT ON TABLE %s IS NULL".formatted(qualified(schema)));
        String sql = "DELETE FROM %s WHERE version = ?".formatted(qualified(schema));
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, version);
            return delete.executeUpdate() == 1;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Optional<Applied> find(String version) {
        return applied.stream().filter(one -> one.version().equals(version)).findFirst();
    }

    Optional<String> currentVersion() {
        return applied.isEmpty()
                ? Optional.empty()
                : Optional.of(applied.get(applied.size() - 1).version());
    }

    /** The qualified name of the table, as Flyway writes it; see {@link SchemaName} why it needs no escaping. */
    static String qualified(String schema) {
        return "\"" + schema + "\".\"" + TABLE + "\"";
    }
}
