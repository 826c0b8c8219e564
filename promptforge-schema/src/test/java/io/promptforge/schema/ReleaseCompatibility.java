package io.promptforge.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares two states of a schema as the repositories of the earlier one see them: replicas of the previous release go on working while
 * those of the new one start. So scripts expand first: they add what the previous release does not notice. What it uses is removed by a
 * later release.
 *
 * <p>A comment {@code -- contracts: name, reason} in a script says that the released version does not use the object any more.
 */
final class ReleaseCompatibility {

    private static final String CONTRACTS = "-- contracts: ";

    private static final String COLUMNS = """
            SELECT c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod),
                   CASE WHEN NOT a.attnotnull THEN 'nullable' WHEN a.atthasdef THEN 'filled' ELSE 'required' END
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace = 'promptforge'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition
            AND c.relname <> 'flyway_schema_history' AND a.attnum > 0 AND NOT a.attisdropped""";

    private static final String FUNCTIONS = """
            SELECT proname || '(' || pg_get_function_identity_arguments(oid) || ')', pg_get_function_result(oid), ''
            FROM pg_proc WHERE pronamespace = 'promptforge'::regnamespace AND prorettype <> 'trigger'::regtype""";

    /** Also the indexes that are unique; each with its columns, of which an expression has none. */
    private static final String CONSTRAINTS = """
            SELECT n.conname, pg_get_constraintdef(n.oid), concat_ws(' ', VARIADIC ARRAY(
                SELECT c.relname || '.' || a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ANY (n.conkey)))
            FROM pg_constraint n JOIN pg_class c ON c.oid = n.conrelid
            WHERE n.connamespace = 'promptforge'::regnamespace AND n.contype <> 't' AND n.contype <> 'n' AND NOT c.relispartition
            AND c.relname <> 'flyway_schema_history'
            UNION ALL
            SELECT x.relname, pg_get_indexdef(i.indexrelid), concat_ws(' ', VARIADIC ARRAY(
                SELECT c.relname || '.' || a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey)))
            FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
            WHERE c.relnamespace = 'promptforge'::regnamespace AND i.indisunique AND NOT c.relispartition
            AND NOT EXISTS (SELECT FROM pg_constraint n WHERE n.conindid = i.indexrelid)""";

    /** A type or a definition, and more. */
    private record Text(String definition, String more) {}

    /** What the repositories see, by name. */
    record State(Map<String, Text> columns, Map<String, Text> functions, Map<String, Text> constraints) {

        static State of(Connection connection) throws SQLException {
            return new State(read(connection, COLUMNS), read(connection, FUNCTIONS), read(connection, CONSTRAINTS));
        }

        private boolean hasTableOf(String column) {
            String table = column.substring(0, column.indexOf('.') + 1);
            return columns.keySet().stream().anyMatch(each -> each.startsWith(table));
        }

        private static Map<String, Text> read(Connection connection, String sql) throws SQLException {
            Map<String, Text> found = new TreeMap<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    found.put(rows.getString(1), new Text(rows.getString(2), rows.getString(3)));
                }
            }
            return found;
        }
    }

    private final State released;
    private final State later;
    private final List<MigrationScript> scripts;
    private final List<String> problems = new ArrayList<>();

    private ReleaseCompatibility(State released, State later, List<MigrationScript> scripts) {
        this.released = released;
        this.later = later;
        this.scripts = scripts;
    }

    /**
     * What would break the repositories of the released version, a sentence each; empty if all is well.
     *
     * @param scripts those that make the later state out of the released one
     */
    static List<String> problems(State released, State later, List<MigrationScript> scripts) {
        ReleaseCompatibility comparison = new ReleaseCompatibility(released, later, scripts);
        comparison.compareColumns();
        comparison.compareFunctions();
        comparison.compareConstraints();
        return comparison.problems;
    }

    private void compareColumns() {
        released.columns.forEach((name, before) -> {
            Text after = later.columns.get(name);
            if (after == null) {
                problem(name, "is gone or renamed");
            } else if (!after.definition().equals(before.definition())) {
                problem(name, "is " + after.definition() + " instead of " + before.definition());
            } else if (!after.more().equals(before.more()) && !after.more().equals("nullable")) {
                problem(name, "is " + after.more() + " instead of " + before.more());
            }
        });
        later.columns.forEach((name, column) -> {
            if (!released.columns.containsKey(name)
                    && released.hasTableOf(name)
                    && column.more().equals("required")) {
                problem(name, "is new and required");
            }
        });
    }

    private void compareFunctions() {
        released.functions.forEach((name, before) -> {
            if (!before.equals(later.functions.get(name))) {
                problem(name, "is gone or returns something else");
            }
        });
    }

    /** Of tables and columns that the released version knows. */
    private void compareConstraints() {
        Set<String> names = new TreeSet<>(released.constraints.keySet());
        names.addAll(later.constraints.keySet());
        for (String name : names) {
            Text before = released.constraints.get(name);
            Text after = later.constraints.get(name);
            if (before == null && after != null && isOfReleasedColumns(after)) {
                problem(name, "is new and may refuse what is written");
            } else if (before != null && !before.equals(after)) {
                problem(name, "is gone or changed");
            }
        }
    }

    private boolean isOfReleasedColumns(Text constraint) {
        return List.of(constraint.more().split(" ")).stream().allMatch(released.columns::containsKey);
    }

    private void problem(String name, String what) {
        String plain = name.replaceFirst("\\(.*", "");
        boolean contracts = scripts.stream()
                .flatMap(script -> script.sql().lines())
                .anyMatch(line -> line.startsWith(CONTRACTS + plain + ","));
        if (!contracts) {
            problems.add(name + " " + what + ", so replicas of the released version fail");
        }
    }
}
