package io.promptforge.schema.doctor;

import io.promptforge.schema.doctor.Finding.Severity;
import io.promptforge.schema.internal.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether the role may do what the repositories do, and whether row-level security is on where there are policies. */
final class RightsCheck implements Check {

    /** The database itself writes the audit log and the erasures, so that services need not. */
    private static final String MISSING_RIGHTS = """
            SELECT c.relname || ': ' || string_agg(p.privilege, ', ' ORDER BY p.position)
            FROM pg_class c
            CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) WITH ORDINALITY p (privilege, position)
            WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            AND (p.privilege = 'SELECT' OR c.relname NOT IN ('flyway_schema_history', 'erasures') AND c.relname NOT LIKE 'audit\\_%')
            AND NOT has_table_privilege(c.oid, p.privilege)
            GROUP BY c.relname
            ORDER BY 1""";

    private static final String POLICIES_WITHOUT_EFFECT = """
            SELECT c.relname
            FROM pg_class c
            WHERE c.relnamespace = ?::regnamespace AND NOT c.relrowsecurity
            AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
            ORDER BY 1""";

    @Override
    public List<Finding> examine(Connection connection, String schema) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        String role = Rows.texts(connection, "SELECT quote_ident(current_user)").get(0);
        if (Rows.texts(connection, "SELECT 1 WHERE has_schema_privilege(?, 'USAGE')", schema)
                .isEmpty()) {
            findings.add(Finding.of(
                            Severity.ERROR,
                            Fault.PERMISSION_MISSING,
                            "Role " + role + " may not use the schema",
                            "Grant it the schema and its tables")
                    .command("GRANT USAGE ON SCHEMA " + schema + " TO " + role));
        }
        List<String> missing = Rows.texts(connection, MISSING_RIGHTS, schema);
        if (!missing.isEmpty()) {
            findings.add(Finding.of(
                            Severity.ERROR,
                            Fault.PERMISSION_MISSING,
                            "Role " + role + " lacks rights on tables",
                            "Grant them as the owner of the tables; ServiceRole does so for all tables and the least rights")
                    .details(missing)
                    .command(grants(missing, schema, role)));
        }
        List<String> unprotected = Rows.texts(connection, POLICIES_WITHOUT_EFFECT, schema);
        if (!unprotected.isEmpty()) {
            findings.add(Finding.of(
                            Severity.ERROR,
                            Fault.ROW_SECURITY_OFF,
                            "Row-level security is off on tables that have policies: the policies have no effect",
                            "Switch it on")
                    .details(unprotected)
                    .command("ALTER TABLE " + schema + "." + unprotected.get(0) + " ENABLE ROW LEVEL SECURITY"));
        }
        return findings;
    }

    /** A statement for all tables that lack equal rights. */
    private static String grants(List<String> missing, String schema, String role) {
        Map<String, List<String>> tables = missing.stream()
                .map(line -> line.split(": ", 2))
                .collect(Collectors.groupingBy(
                        line -> line[1],
                        TreeMap::new,
                        Collectors.mapping(line -> schema + "." + line[0], Collectors.toList())));
        return tables.entrySet().stream()
                .map(each -> "GRANT " + each.getKey() + " ON " + String.join(", ", each.getValue()) + " TO " + role)
                .collect(Collectors.joining("; "));
    }
}
