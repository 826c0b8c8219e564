package io.promptforge.schema;

import io.promptforge.schema.MigrationException.Reason;
import io.promptforge.schema.internal.ScriptSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
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
    private final Patience patience;

    /** @param longest how long to go on trying when transactions hold locks that an undo script needs */
    Rollback(SchemaDataSource database, Scripts scripts, Duration longest) {
        this.database = database;
        this.scripts = scripts;
        this.patience = new Patience(longest);
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
        while (!runs(step, connection)) {
            patience.untilNextTry();
        }
        return History.forget(connection, database.schema(), version);
    }

    /**
     * Runs the undo script; returns false when a lock was not given in time. The savepoint gives up what it has locked so far,
     * but keeps the turn of this rollback.
     */
    private boolean runs(Step step, Connection connection) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            statement.execute(ScriptSettings.set(database.schema()));
            statement.execute(step.undo());
            return true;
        } catch (SQLException e) {
            if (Patience.helpsAgainst(e) && !patience.isOver()) {
                connection.rollback(before);
                return false;
            }
            throw MigrationErrors.ofScript(
                    database.schema(), step.script().version(), step.script().undoFileName(), e);
        }
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
