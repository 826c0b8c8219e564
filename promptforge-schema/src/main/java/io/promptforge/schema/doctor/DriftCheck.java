package io.promptforge.schema.doctor;

import io.promptforge.schema.MigrationScript;
import io.promptforge.schema.doctor.Finding.Severity;
import io.promptforge.schema.internal.Catalogue;
import io.promptforge.schema.internal.ScriptSettings;
import io.promptforge.schema.internal.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;

/**
 * Whether the schema is what the applied scripts make: it runs them in a schema of its own, compares, and rolls back. So the same
 * server describes both, in the same words. Needs the right to create schemas.
 */
final class DriftCheck implements Check {

    private final List<MigrationScript> applied;

    /** @param applied the scripts that have made the schema */
    DriftCheck(List<MigrationScript> applied) {
        this.applied = applied;
    }

    @Override
    public List<Finding> examine(Connection connection, String schema) throws SQLException {
        SortedMap<String, String> found = Catalogue.read(connection, schema, false);
        SortedMap<String, String> expected;
        try {
            expected = Catalogue.read(connection, make(connection), false);
        } catch (SQLException e) {
            if (!SqlState.of(e).equals(SqlState.INSUFFICIENT_PRIVILEGE)
                    && !SqlState.of(e).equals(SqlState.READ_ONLY_SQL_TRANSACTION)) {
                throw e;
            }
            return List.of(Finding.of(
                            Severity.INFO,
                            Fault.NOT_EXAMINED,
                            "Whether the schema was changed by hand was not examined, because this role may not create schemas here",
                            "Examine it with the role that migrates")
                    .details(List.of(String.valueOf(e.getMessage()))));
        }
        List<String> differences = Catalogue.differences(withoutComments(expected), withoutComments(found));
        if (differences.isEmpty()) {
            return List.of();
        }
        boolean onlyAdded = differences.stream().allMatch(line -> line.startsWith("added"));
        return List.of(Finding.of(
                        onlyAdded ? Severity.INFO : Severity.WARNING,
                        Fault.SCHEMA_CHANGED,
                        "The schema was changed by hand: it differs from what the migrations make",
                        "Undo each difference, or move own objects to another schema; a later migration may fail on them")
                .details(differences));
    }

    /** Runs the scripts in a new schema, which the end of the transaction removes. */
    private String make(Connection connection) throws SQLException {
        String scratch = "promptforge_doctor_" + UUID.randomUUID().toString().replace("-", "");
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + scratch);
            statement.execute(ScriptSettings.set(scratch));
            for (MigrationScript script : applied) {
                statement.execute(script.sql());
            }
        }
        return scratch;
    }

    private static SortedMap<String, String> withoutComments(SortedMap<String, String> objects) {
        objects.keySet().removeIf(key -> key.startsWith(Catalogue.COMMENT));
        return objects;
    }
}
