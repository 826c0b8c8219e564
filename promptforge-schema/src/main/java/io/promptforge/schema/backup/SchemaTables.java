package io.promptforge.schema.backup;

import io.promptforge.schema.backup.BackupException.Reason;
import io.promptforge.schema.internal.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables of a schema, from PostgreSQL's catalogue. */
final class SchemaTables {
    private static final String TABLES = """
            SELECT c.relname,
                   array_agg(a.attname::text ORDER BY a.attname <> 'organization_id', a.attnum) AS columns,
                   c.reltuples
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            AND c.relname <> 'flyway_schema_history'
            AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            GROUP BY c.oid, c.relname, c.reltuples
            ORDER BY c.relname""";

    /** Deferrable ones are checked at the end of the load. */
    private static final String REFERENCES = """
            SELECT DISTINCT t.relname AS from_table, r.relname AS to_table
            FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid JOIN pg_class r ON r.oid = f.confrelid
            WHERE f.contype = 'f' AND NOT f.condeferrable AND f.connamespace = ?::regnamespace
            AND NOT t.relispartition AND NOT r.relispartition AND t.oid <> r.oid""";

    private static final String INSERT_TRIGGERS = """
            SELECT format('%I TRIGGER %I', t.relname, g.tgname)
            FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid
            WHERE t.relnamespace = ?::regnamespace AND NOT t.relispartition
            AND NOT g.tgisinternal AND g.tgenabled = 'O' AND g.tgtype::integer & 4 <> 0
            ORDER BY 1""";

    /** Row-level security shows only some rows of these to the role, or none. */
    private static final String HIDDEN = """
            SELECT c.relname
            FROM pg_class c
            WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'p') AND row_security_active(c.oid)
            AND NOT pg_has_role(c.relowner, 'USAGE')
            ORDER BY 1""";

    /** COPY refuses to write to these, even if a policy allows every row. */
    private static final String FORCED = """
            SELECT quote_ident(c.relname)
            FROM pg_class c
            WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            AND c.relforcerowsecurity AND row_security_active(c.oid)
            ORDER BY 1""";

    private SchemaTables() {}

    /** Throws unless the role sees all rows: those that it does not see would be missing without a word. */
    static void refuseHiddenRows(Connection connection, String schema) throws SQLException {
        List<String> hidden = Rows.texts(connection, HIDDEN, schema);
        if (!hidden.isEmpty()) {
            throw new BackupException(
                    Reason.SCHEMA,
                    "Row-level security hides rows of " + String.join(", ", hidden) + " from this role",
                    "Use the role that owns the schema");
        }
    }

    /** The tables on which row-level security is forced for this role. */
    static List<String> forced(Connection connection, String schema) throws SQLException {
        return Rows.texts(connection, FORCED, schema);
    }

    /** All tables but the history of migrations, each behind those that its foreign keys refer to. */
    static List<TableLayout> inLoadOrder(Connection connection, String schema) throws SQLException {
        Map<String, TableLayout> tables = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(TABLES)) {
            select.setString(1, schema);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String[] columns = (String[]) rows.getArray("columns").getArray();
                    String name = rows.getString("relname");
                    tables.put(name, new TableLayout(name, Arrays.asList(columns)));
                }
            }
        }
        Map<String, Set<String>> references = references(connection, schema);
        List<TableLayout> ordered = new ArrayList<>();
        Set<String> placed = new LinkedHashSet<>();
        while (placed.size() < tables.size()) {
            List<String> next = tables.keySet().stream()
                    .filter(table -> !placed.contains(table))
                    .filter(table -> placed.containsAll(references.getOrDefault(table, Set.of())))
                    .toList();
            if (next.isEmpty()) {
                throw new BackupException(
                        Reason.SCHEMA,
                        "The foreign keys of these tables form a cycle without a deferrable one: "
                                + String.join(
                                        ", ",
                                        tables.keySet().stream()
                                                .filter(table -> !placed.contains(table))
                                                .toList()),
                        "Make one of them deferrable");
            }
            next.forEach(table -> ordered.add(tables.get(table)));
            placed.addAll(next);
        }
        return ordered;
    }

    private static Map<String, Set<String>> references(Connection connection, String schema) throws SQLException {
        Map<String, Set<String>> references = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(REFERENCES)) {
            select.setString(1, schema);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    references
                            .computeIfAbsent(rows.getString("from_table"), table -> new LinkedHashSet<>())
                            .add(rows.getString("to_table"));
                }
            }
        }
        return references;
    }

    /** The enabled triggers that change or refuse new rows, as in ALTER TABLE: the rows of a backup have been through them. */
    static List<String> insertTriggers(Connection connection, String schema) throws SQLException {
        return Rows.texts(connection, INSERT_TRIGGERS, schema);
    }
}
