package io.promptforge.schema;

import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * The database role of services, with the least rights that they need. It owns nothing, cannot change the schema, and sees only rows
 * of the organization that its transaction has set, which the library does with each statement.
 *
 * <pre>{@code
 * Migrations.apply(owner);
 * ServiceRole.of(owner).grant();
 * }</pre>
 *
 * <p>The role cannot log in. Either an administrator lets it ({@code ALTER ROLE promptforge_app LOGIN PASSWORD '…'}), or makes the
 * service's own role a member of it ({@code GRANT promptforge_app TO …}), or the service connects as the owner and names it in its
 * settings. Immutable and thread-safe; every failure is a {@link MigrationException}.
 */
public final class ServiceRole {

    /** The name of the role unless another one is given. */
    public static final String DEFAULT = "promptforge_app";

    private static final String SCRIPT = """
            -- The role of PromptForge's services. Run this as the owner of the schema, and again after each migration.
            DO $script$
            DECLARE
                object text;
                rights text;
            BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%2$s') THEN
                    BEGIN
                        CREATE ROLE "%2$s" NOLOGIN;
                        -- So that a service which connects as the owner can run its statements as this role.
                        GRANT "%2$s" TO CURRENT_USER;
                    EXCEPTION WHEN duplicate_object OR unique_violation THEN
                        NULL; -- another database of the server has just made it
                    END;
                END IF;

                GRANT USAGE ON SCHEMA "%1$s" TO "%2$s";
                GRANT SELECT ON "%1$s".flyway_schema_history TO "%2$s";
                -- The audit log and the erasures are written by triggers only.
                FOR object, rights IN
                    SELECT oid::regclass, CASE WHEN relname LIKE 'audit\\_%%' OR relname = 'erasures' THEN 'SELECT'
                        ELSE 'SELECT, INSERT, UPDATE, DELETE' END
                    FROM pg_class
                    WHERE relnamespace = '"%1$s"'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
                    AND relname <> 'flyway_schema_history'
                LOOP
                    EXECUTE format('GRANT %%s ON %%s TO "%2$s"', rights, object);
                END LOOP;
                FOR object IN
                    SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = '"%1$s"'::regnamespace AND prosecdef
                LOOP
                    EXECUTE format('GRANT EXECUTE ON FUNCTION %%s TO "%2$s"', object);
                END LOOP;
            END
            $script$;
            """;

    private final DataSource owner;
    private final String schema;
    private final String name;

    private ServiceRole(DataSource owner, String schema, String name) {
        this.owner = owner;
        this.schema = schema;
        this.name = name;
    }

    /** The role {@code promptforge_app} for the schema {@code promptforge}. Opens no connection yet. */
    public static ServiceRole of(DataSource owner) {
        return new ServiceRole(Objects.requireNonNull(owner, "owner"), SchemaName.DEFAULT, DEFAULT);
    }

    /** The role for another schema. */
    public ServiceRole schema(String other) {
        return new ServiceRole(owner, SchemaName.checked(other), name);
    }

    /**
     * The role under another name; roles belong to all databases of a server.
     *
     * @param other 1 to 63 lower-case letters, digits and underscores
     */
    public ServiceRole named(String other) {
        return new ServiceRole(owner, schema, SchemaName.plain(other));
    }

    /** The SQL that {@link #grant} runs, for an administrator to read and run. */
    public String script() {
        return SCRIPT.formatted(schema, name);
    }

    /**
     * Makes the role if it is not there, and grants it its rights. Can be repeated; call it after each migration, because new tables need
     * new grants.
     *
     * @throws MigrationException if the DataSource's role does not own the schema, or may not make roles and the role is not there
     */
    public void grant() {
        new SchemaDataSource(owner, schema).transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(script());
            }
        });
    }

    /**
     * Returns normally if the role is confined: it is not and cannot become a superuser, a role with BYPASSRLS or the owner of a table, and
     * cannot change the schema.
     *
     * @throws MigrationException otherwise, or if the role lacks a right or is not there
     */
    public void validate() {
        new Isolation(new SchemaDataSource(owner, schema)).refuseUnconfined(name);
    }
}
