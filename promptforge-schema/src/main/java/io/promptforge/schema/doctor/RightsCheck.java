package io.promptforge.schema.doctor;

import io.promptforge.schema.doctor.Finding.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Whether the role may do what the repositories do, and whether row-level security is on where there are policies. */
final class RightsCheck implements Check {

    private static final String MISSING_RIGHTS = """
            SELECT c.relname || ': ' || string_agg(p.privilege, ', ' ORDER BY p.position)
            FROM pg_class c
            CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) WITH ORDINALITY p (privilege, position)
            WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            AND (c.relname <> 'flyway_schema_history' OR p.privilege = 'SELECT')
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
                            "Grant them as the owner of the tables, and for later tables by ALTER DEFAULT PRIVILEGES")
                    .details(missing)
                    .command("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + schema + " TO " + role));
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
}
