package io.promptforge.schema;

import java.util.Optional;

/**
 * The SQL of a migration. It names tables without their schema, and runs with only that schema in the search path.
 *
 * @param version its number
 * @param fileName {@code V3__projects.sql}
 * @param checksum the checksum of the text, as the history of migrations records it
 * @param sql the statements that migrate
 * @param undoSql the statements that undo it; empty when it cannot be undone
 */
public record MigrationScript(String version, String fileName, int checksum, String sql, Optional<String> undoSql) {}
