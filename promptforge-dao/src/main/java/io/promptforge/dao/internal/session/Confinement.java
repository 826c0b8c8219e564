package io.promptforge.dao.internal.session;

import io.promptforge.dao.internal.session.TenantConnection.SentAround;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * How the statements of a tenant tell the database which tenant they are of, for the policies of row-level security, and who runs them,
 * for the audit log. Thread-safe.
 *
 * <p>Each statement says it anew, in the same message, until the end of its transaction: so a connection that serves another tenant
 * next, another tenant in the same transaction, a savepoint that was rolled back and a pooler that shares connections by transaction
 * need no care.
 */
final class Confinement {
    /** The owner and superusers see all rows, whatever is set; while the tables do not exist, there is no answer. */
    private static final String SERVER = """
            SELECT row_security_active(c.oid) AND NOT pg_has_role(c.relowner, 'USAGE'),
                EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = %s AND c.relname = 'organizations'""";

    /** Where there is no Citus, it may be created while services run, before the tables are distributed. */
    private static final long ASKED_AGAIN_NANOS = Duration.ofSeconds(10).toNanos();

    private final String schema;
    private final Optional<String> role;
    private final LongSupplier nanoTime;
    private final Settings onPostgres;
    private final Settings onCitus;
    private volatile Optional<Server> server = Optional.empty();

    /** What is sent around the statements of a tenant, of an actor, and of both. */
    private record Settings(SentAround ofTenant, SentAround ofActor, SentAround ofBoth) {}

    /**
     * The confinement of connections.
     *
     * @param schema the schema of the tables
     * @param role the role to run a tenant's statements as; empty for that of the connection
     */
    Confinement(String schema, Optional<String> role) {
        this(schema, role, System::nanoTime);
    }

    Confinement(String schema, Optional<String> role, LongSupplier nanoTime) {
        this.schema = schema;
        this.role = role;
        this.nanoTime = nanoTime;
        this.onPostgres = settings(false);
        this.onCitus = settings(true);
    }

    private Settings settings(boolean citus) {
        return new Settings(
                sentAround(citus, true, false), sentAround(citus, false, true), sentAround(citus, true, true));
    }

    /** The connection for statements of a tenant and an actor; without an actor, the log says that a service ran them. */
    Connection connectionOf(UUID tenant, Optional<String> actor, Connection connection) throws SQLException {
        boolean setsTenant = role.isPresent() || isConfined(connection);
        if (!setsTenant && actor.isEmpty()) {
            return connection;
        }
        Settings settings = server(connection).isCitus() ? onCitus : onPostgres;
        if (!setsTenant) {
            return TenantConnection.over(connection, settings.ofActor(), List.of(actor.get()));
        }
        return actor.isPresent()
                ? TenantConnection.over(connection, settings.ofBoth(), List.of(tenant.toString(), actor.get()))
                : TenantConnection.over(connection, settings.ofTenant(), List.of(tenant.toString()));
    }

    private SentAround sentAround(boolean citus, boolean setsTenant, boolean setsActor) {
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        role.ifPresent(name -> {
            before.add(set(false, setting("role_before"), "current_setting('role')"));
            before.add("set_config('role', " + literal(name) + ", true)");
            after.add("set_config('role', current_setting(" + setting("role_before") + "), true)");
        });
        if (setsTenant) {
            before.add(set(citus, setting("organization_id"), "?"));
        }
        if (setsActor) {
            before.add(set(citus, setting("actor"), "?"));
            // cleared again, since the next statement of the transaction may be of no actor
            after.add(set(citus, setting("actor"), "''"));
        }
        return new SentAround(
                "SELECT " + String.join(", ", before) + "; ",
                after.isEmpty() ? "" : "; SELECT " + String.join(", ", after));
    }

    /** Whether the database confines the connections of this role to one tenant. */
    boolean isConfined(Connection connection) throws SQLException {
        return server(connection).isConfined();
    }

    /** Whether a tenant's statements need a transaction that was begun: only in one does Citus hand settings on to the shards. */
    boolean needsTransaction(Optional<String> actor, Connection connection) throws SQLException {
        return server(connection).isCitus() && (actor.isPresent() || role.isPresent() || isConfined(connection));
    }

    Server server(Connection connection) throws SQLException {
        Optional<Server> present = known();
        if (present.isEmpty()) {
            present = ask(connection);
            server = present;
        }
        return present.orElse(Server.UNKNOWN);
    }

    /** The server, if it was asked and need not be asked again. */
    Optional<Server> known() {
        return server.filter(known -> known.isCitus() || nanoTime.getAsLong() - known.askedAt() < ASKED_AGAIN_NANOS);
    }

    private Optional<Server> ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SERVER.formatted(literal(schema)))) {
            return row.next()
                    ? Optional.of(new Server(row.getBoolean(1), row.getBoolean(2), nanoTime.getAsLong()))
                    : Optional.empty();
        }
    }

    /** Sets a parameter until the end of the transaction. */
    void setLocally(Connection connection, String parameter, String value) throws SQLException {
        String call = set(server(connection).isCitus(), literal(parameter), "?");
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + call)) {
            statement.setString(1, value);
            statement.execute();
        }
    }

    private String set(boolean citus, String parameter, String value) {
        return citus
                ? quoted(schema) + ".set_locally(" + parameter + ", " + value + ")"
                : "set_config(" + parameter + ", " + value + ", true)";
    }

    private String setting(String name) {
        return literal(schema + "." + name);
    }

    /**
     * What is asked for all connections together.
     *
     * @param isConfined whether row-level security confines their role to one tenant
     * @param isCitus whether the tables may be distributed by Citus
     * @param askedAt when it was asked, in nanoseconds
     */
    record Server(boolean isConfined, boolean isCitus, long askedAt) {
        private static final Server UNKNOWN = new Server(false, false, 0);
    }

    private static String quoted(String name) {
        return DSL.using(SQLDialect.POSTGRES).render(DSL.name(name));
    }

    private static String literal(String text) {
        return DSL.using(SQLDialect.POSTGRES).render(DSL.inline(text));
    }
}
