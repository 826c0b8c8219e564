package io.promptforge.schema;

import io.promptforge.schema.MigrationException.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Checks that the database keeps the tenants apart: the policies of the tables, and what roles may do. */
final class Isolation {

    /**
     * What is wrong with the policies, a line each; the parameter is the schema. The policies are those of isolate_tenants in the first script;
     * a host may add restrictive ones.
     */
    static final String GAPS = """
            WITH tables AS (
                SELECT c.oid AS id, c.relname::text AS name, c.relowner AS owner, n.nspname AS schema, a.attname AS tenant,
                       c.relrowsecurity AND c.relforcerowsecurity AS is_forced
                FROM pg_namespace n
                JOIN pg_class c     ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p')
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = CASE c.relname WHEN 'organizations' THEN 'id' ELSE 'organization_id' END
                WHERE n.nspname = ?),
            policies AS (
                SELECT t.*, p.polname::text AS policy, p.polcmd = '*' AS is_for_all, p.polroles AS roles,
                       pg_get_expr(p.polqual, p.polrelid) AS condition, pg_get_expr(p.polwithcheck, p.polrelid) AS write_condition
                FROM tables t JOIN pg_policy p ON p.polrelid = t.id
                WHERE p.polpermissive)
            SELECT name || ' has row-level security that is not enabled and forced' FROM tables WHERE NOT is_forced
            UNION ALL
            SELECT name || ' has no policy that shows each role the set tenant only' FROM tables t WHERE NOT EXISTS (
                SELECT FROM policies p
                WHERE p.id = t.id AND p.is_for_all AND p.roles = '{0}' AND p.write_condition IS NULL
                AND p.condition = format('(NULLIF(((%I)::text = current_setting(%L::text, true)), false) IS NOT NULL)',
                    tenant, schema || '.organization_id'))
            UNION ALL
            SELECT format('%s has the policy %s, which shows more to others than the owner', name, policy) FROM policies
            WHERE policy <> 'tenant' AND roles <> ARRAY[owner]
            UNION ALL
            SELECT name || ' has no policy that shows its owner all rows' FROM tables t WHERE NOT EXISTS (
                SELECT FROM policies p
                WHERE p.id = t.id AND p.is_for_all AND p.roles = ARRAY[t.owner] AND p.write_condition IS NULL AND p.condition = 'true')
            ORDER BY 1""";

    /** What the role may do that a confined one may not, or lacks, a line each; the parameters are the schema and the role. */
    private static final String RIGHTS = """
            WITH given AS (
                SELECT n.oid AS schema_id, r.oid AS role_id
                FROM pg_namespace n, pg_roles r WHERE n.nspname = ? AND r.rolname = coalesce(?, current_user)),
            tables AS (
                SELECT c.* FROM pg_class c JOIN given g ON c.relnamespace = g.schema_id WHERE c.relkind IN ('r', 'p'))
            SELECT 'does not exist' WHERE NOT EXISTS (SELECT FROM given)
            UNION ALL
            SELECT 'is, or may become, the superuser or BYPASSRLS role ' || r.rolname FROM pg_roles r, given g
            WHERE (r.rolsuper OR r.rolbypassrls) AND pg_has_role(g.role_id, r.oid, 'MEMBER')
            UNION ALL
            SELECT 'is, or may become, the owner of ' || t.relname FROM tables t, given g
            WHERE pg_has_role(g.role_id, t.relowner, 'MEMBER')
            UNION ALL
            SELECT 'may create objects in the schema' FROM given g WHERE has_schema_privilege(g.role_id, g.schema_id, 'CREATE')
            UNION ALL
            SELECT 'has no right to read ' || t.relname FROM tables t, given g
            WHERE NOT t.relispartition AND NOT has_table_privilege(g.role_id, t.oid, 'SELECT')
            ORDER BY 1""";

    private final SchemaDataSource database;

    Isolation(SchemaDataSource database) {
        this.database = database;
    }

    /** Throws unless each table has its policies, and no other that shows more. */
    void refuseGaps() {
        refuse(
                GAPS,
                gap -> new MigrationException(
                        Reason.NOT_ISOLATED,
                        database.schema(),
                        null,
                        "tenants are not kept apart by the database: the table " + gap,
                        "Restore what was changed: DROP its policies, then SELECT " + database.schema()
                                + ".isolate_tenants('…') as the owner of the table"));
    }

    /**
     * Throws unless the role is one that the policies confine.
     *
     * @param role null for the role of the connection
     */
    void refuseUnconfined(@Nullable String role) {
        refuse(
                RIGHTS,
                fact -> new MigrationException(
                        Reason.NOT_CONFINED,
                        database.schema(),
                        null,
                        "the role " + (role == null ? "of the connection" : "\"" + role + "\"") + " " + fact,
                        "Use a role that ServiceRole.grant has made, or a member of it that is nothing else"),
                role);
    }

    private void refuse(String query, Refusal refusal, @Nullable String... parameters) {
        database.read(connection -> {
            @Nullable String finding = first(connection, query, parameters);
            if (finding != null) {
                throw refusal.of(finding);
            }
            return true;
        });
    }

    private @Nullable String first(Connection connection, String query, @Nullable String... parameters)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, database.schema());
            for (int i = 0; i < parameters.length; i++) {
                select.setString(i + 2, parameters[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    private interface Refusal {
        MigrationException of(String finding);
    }
}
