package com.example.releasedesk;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** This service's own table, in this service's own schema. */
@ApplicationScoped
class Journal {
    private final DataSource dataSource;

    Journal(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void write(UUID organizationId, UUID promptId, String environment, Integer version, String reason) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO release_desk.journal (organization_id, prompt_id, environment, version, reason)
                        VALUES (?, ?, ?, ?, ?)
                        """)) {
            insert.setObject(1, organizationId);
            insert.setObject(2, promptId);
            insert.setString(3, environment);
            insert.setObject(4, version);
            insert.setString(5, reason);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("The journal was not written", e);
        }
    }

    List<JournalEntry> of(UUID organizationId, UUID promptId) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        SELECT written_at, prompt_id, environment, version, reason
                        FROM release_desk.journal
                        WHERE organization_id = ? AND prompt_id = ?
                        ORDER BY id
                        """)) {
            select.setObject(1, organizationId);
            select.setObject(2, promptId);
            try (ResultSet rows = select.executeQuery()) {
                List<JournalEntry> entries = new ArrayList<>();
                while (rows.next()) {
                    entries.add(entry(rows));
                }
                return entries;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The journal cannot be read", e);
        }
    }

    private static JournalEntry entry(ResultSet row) throws SQLException {
        return new JournalEntry(
                row.getObject("written_at", OffsetDateTime.class).toInstant(),
                row.getObject("prompt_id", UUID.class),
                row.getString("environment"),
                row.getObject("version", Integer.class),
                row.getString("reason"));
    }
}
