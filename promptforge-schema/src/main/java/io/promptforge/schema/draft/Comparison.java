package io.promptforge.schema.draft;

import io.promptforge.schema.MigrationScript;
import io.promptforge.schema.draft.SchemaObject.Kind;
import io.promptforge.schema.internal.Catalogue;
import io.promptforge.schema.internal.ScriptSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Compares a schema with what scripts make, in a transaction that is rolled back. The scripts make it anew beside the renamed one, under
 * the same name, so that equal definitions are equal texts wherever they name the schema.
 */
final class Comparison {

    /**
     * A schema as it is.
     *
     * @param objects what can be created by statements
     * @param catalogue the whole, to see what the statements have left
     */
    private record State(List<SchemaObject> objects, SortedMap<String, String> catalogue) {
        Set<String> tables() {
            return objects.stream()
                    .filter(object -> object.kind() == Kind.TABLE)
                    .map(SchemaObject::name)
                    .collect(Collectors.toSet());
        }
    }

    /**
     * @param sql the statements
     * @param unexpressed the differences that they leave
     */
    private record Way(String sql, List<String> unexpressed) {}

    private final Connection connection;
    private final String schema;

    Comparison(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    Proposal propose(List<MigrationScript> scripts) throws SQLException {
        execute(ScriptSettings.set(schema));
        State wanted = read();
        execute("ALTER SCHEMA \"" + schema + "\" RENAME TO promptforge_draft_"
                + UUID.randomUUID().toString().replace("-", ""));
        execute("CREATE SCHEMA \"" + schema + "\"");
        for (MigrationScript script : scripts) {
            execute(script.sql());
        }
        State made = read();
        Way there = way(made, wanted);
        State reached = read();
        Way back = way(reached, made);
        List<String> unexpressed = new ArrayList<>(there.unexpressed());
        back.unexpressed().stream().map(line -> "undo: " + line).forEach(unexpressed::add);
        int version = scripts.stream()
                .mapToInt(script -> Integer.parseInt(script.version()))
                .max()
                .orElse(0);
        return new Proposal(version + 1, there.sql(), back.sql(), unexpressed);
    }

    /**
     * Changes the schema as far as it can. What a statement has changed beside its object, as the indexes of a column that was dropped,
     * is found by comparing again.
     */
    private Way way(State from, State to) throws SQLException {
        Trial trial = new Trial(connection);
        List<Change> done = new ArrayList<>();
        List<Change> left = SchemaChanges.between(from.objects(), to.objects());
        Trial.Outcome outcome;
        int before;
        do {
            before = left.size();
            outcome = trial.run(left);
            done.addAll(outcome.done());
            left = SchemaChanges.between(SchemaObjects.read(connection), to.objects());
        } while (!left.isEmpty() && left.size() < before);
        List<String> unexpressed = Catalogue.differences(to.catalogue(), read().catalogue());
        String sql = new ScriptText(from.tables(), schema).of(new Trial.Outcome(done, outcome.refused()), unexpressed);
        return new Way(sql, unexpressed);
    }

    private State read() throws SQLException {
        List<SchemaObject> objects = SchemaObjects.read(connection);
        SortedMap<String, String> catalogue = new TreeMap<>();
        // A column that is added comes last, wherever it was.
        Catalogue.read(connection, schema, false)
                .forEach((key, text) -> catalogue.put(key, text.replaceFirst(" at position \\d+$", "")));
        return new State(objects, catalogue);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
