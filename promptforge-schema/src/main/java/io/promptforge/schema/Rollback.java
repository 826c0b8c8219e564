package io.promptforge.schema;

import io.promptforge.schema.MigrationException.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * Runs undo scripts, newest first, which Flyway's free edition cannot. Each runs in one transaction with the removal of its row
 * from the history, under the lock that Flyway takes to migrate.
 */
final class Rollback {

    /** The key of Flyway's advisory lock is this plus the hash code of the history table's name. */
    private static final long FLYWAY_LOCK = 77_431_708_279_161L;

    private final SchemaDataSource database;
    private final Scripts scripts;

    Rollback(SchemaDataSource database, Scripts scripts) {
        this.database = database;
        this.scripts = scripts;
    }

    /** Undoes these versions, newest first. Throws before any change when one of them has no undo script. */
    void undo(List<String> versions) {
        List<Step> steps = versions.stream().map(this::step).toList();
        for (Step step : steps) {
            database.transaction(connection -> undo(step, connection));
        }
    }

    private Step step(String version) {
        // The caller has compared the history with the scripts: each applied version is shipped.
        Script script = scripts.find(version).orElseThrow();
        String undo = script.undo()
                .orElseThrow(() -> new MigrationException(
                        Reason.NO_UNDO,
                        database.schema(),
                        version,
                        script.undoFileName() + " does not exist",
                        "This version cannot be undone; restore a backup made before it"));
        return new Step(script, undo);
    }

    private boolean undo(Step step, Connection connection) throws SQLException {
        String version = step.script().version();
        lock(connection);
        Optional<String> current =
                History.read(connection, database.schema()).orElse(History.NONE).currentVersion();
        if (!current.equals(Optional.of(version))) {
            throw new MigrationException(
                    Reason.BUSY,
                    database.schema(),
                    version,
                    "another process migrates or rolls back at the same time: the schema is now at "
                            + current.orElse("no version"),
                    "Stop the services that migrate at startup, check the status, and try again");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(ScriptSettings.set(database.schema()));
            statement.execute(step.undo());
        } catch (SQLException e) {
            throw MigrationErrors.ofScript(
                    database.schema(), version, step.script().undoFileName(), e);
        }
        return History.forget(connection, database.schema(), version);
    }

    /** Takes Flyway's lock until the transaction ends; waits while a migration or another rollback holds it. */
    private void lock(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
            select.setLong(1, FLYWAY_LOCK + History.qualified(database.schema()).hashCode());
            select.execute();
        }
    }

    private record Step(Script script, String undo) {}
}
