package io.promptforge.dao.internal.session;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * How the statements of a tenant tell the database which tenant they are of, for the policies of row-level security. Thread-safe.
 *
 * <p>Each statement says it anew, in the same message, until the end of its transaction: so a connection that serves another tenant
 * next, another tenant in the same transaction, a savepoint that was rolled back and a pooler that shares connections by transaction
 * need no care.
 */
final class Confinement {
    /** Asked once. The owner and superusers see all rows, whatever is set; while the tables do not exist, there is no answer. */
    private static final String IS_CONFINED = """
            SELECT row_security_active(c.oid) AND NOT pg_has_role(c.relowner, 'USAGE')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = %s AND c.relname = 'organizations'""";

    private final String schema;
    private final Optional<String> role;
    private final String before;
    private final String after;
    private volatile Optional<Boolean> confined = Optional.empty();

    /**
     * The confinement of connections.
     *
     * @param schema the schema of the tables
     * @param role the role to run a tenant's statements as; empty for that of the connection
     */
    Confinement(String schema, Optional<String> role) {
        this.schema = schema;
        this.role = role;
        String tenant = setting("organization_id");
        String roleBefore = setting("role_before");
        this.before = role.map(name -> "SELECT set_config(" + roleBefore + ", current_setting('role'), true),"
                        + " set_config('role', " + literal(name) + ", true), set_config(" + tenant + ", ?, true); ")
                .orElse("SELECT set_config(" + tenant + ", ?, true); ");
        this.after = role.isPresent() ? "; SELECT set_config('role', current_setting(" + roleBefore + "), true)" : "";
    }

    /** The connection for statements of a tenant. */
    Connection connectionOf(UUID tenant, Connection connection) throws SQLException {
        return role.isPresent() || isConfined(connection)
                ? TenantConnection.over(connection, tenant, before, after)
                : connection;
    }

    /** Whether the database confines the connections of this role to one tenant. */
    boolean isConfined(Connection connection) throws SQLException {
        if (confined.isEmpty()) {
            confined = ask(connection);
        }
        return confined.orElse(false);
    }

    private Optional<Boolean> ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IS_CONFINED.formatted(literal(schema)))) {
            return row.next() ? Optional.of(row.getBoolean(1)) : Optional.empty();
        }
    }

    private String setting(String name) {
        return literal(schema + "." + name);
    }

    private static String literal(String text) {
        return DSL.using(SQLDialect.POSTGRES).render(DSL.inline(text));
    }
}
