package io.promptforge.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the schema's history table says: which scripts were applied, oldest first. Flyway makes the table and writes
 * it; this is the only other place that knows its columns.
 */
record History(List<Applied> applied) {

    static final String TABLE = "flyway_schema_history";

    static final History NONE = new History(List.of());

    /** One applied script. {@code checksum} is null for what no script of ours can have written. */
    record Applied(
            String version,
            String description,
            @Nullable Integer checksum,
            boolean success,
            Instant installedAt,
            Duration executionTime) {}

    /** Reads the history, with one statement. Empty when there is no table or no schema. */
    static Optional<History> read(Connection connection, String schema) throws SQLException {
        // Versions are null in Flyway's own notes, such as the one that it has made the schema.
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
            if (SqlState.of(e).isNoSuchTable()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Takes back the note that the version was applied; returns whether there was one. */
    static boolean forget(Connection connection, String schema, String version) throws SQLException {
        String sql = "DELETE FROM %s WHERE version = ?".formatted(qualified(schema));
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, version);
            return delete.executeUpdate() == 1;
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

    /** The table's name as Flyway writes it, too: schema names need no escaping, see {@link SchemaName}. */
    static String qualified(String schema) {
        return "\"" + schema + "\".\"" + TABLE + "\"";
    }
}
