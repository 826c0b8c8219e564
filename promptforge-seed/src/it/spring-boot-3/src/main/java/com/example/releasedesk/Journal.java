package com.example.releasedesk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** This service's own table, in this service's own schema. */
@Repository
class Journal {
    private final JdbcClient jdbc;

    Journal(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void write(UUID organizationId, UUID promptId, String environment, Integer version, String reason) {
        jdbc.sql("""
                        INSERT INTO release_desk.journal (organization_id, prompt_id, environment, version, reason)
                        VALUES (?, ?, ?, ?, ?)
                        """)
                .params(organizationId, promptId, environment, version, reason)
                .update();
    }

    List<JournalEntry> of(UUID organizationId, UUID promptId) {
        return jdbc.sql("""
                        SELECT written_at, prompt_id, environment, version, reason
                        FROM release_desk.journal
                        WHERE organization_id = ? AND prompt_id = ?
                        ORDER BY id
                        """)
                .params(organizationId, promptId)
                .query(Journal::entry)
                .list();
    }

    private static JournalEntry entry(ResultSet row, int number) throws SQLException {
        return new JournalEntry(
                row.getObject("written_at", OffsetDateTime.class).toInstant(),
                row.getObject("prompt_id", UUID.class),
                row.getString("environment"),
                row.getObject("version", Integer.class),
                row.getString("reason"));
    }
}
