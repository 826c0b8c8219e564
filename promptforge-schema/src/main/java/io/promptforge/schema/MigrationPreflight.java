package io.promptforge.schema;

import io.promptforge.schema.MigrationException.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks before any change whether migrating can work here. Flyway would fail for the same reasons, but later, with messages
 * that do not name the remedy, and in part after it has created the schema.
 */
final class MigrationPreflight {

    /** The oldest supported PostgreSQL. */
    static final int OLDEST_SERVER = 14;

    /** SQL_ASCII stores the UTF-8 of the driver as it is, but counts the length of texts in bytes. */
    private static final Set<String> ENCODINGS = Set.of("UTF8", "SQL_ASCII");

    // One statement, on the catalogue only: the schema of a replica that migrates at the same time is seen either not
    // at all or with its history table.
    private static final String FACTS = """
            SELECT current_user AS role,
                   current_setting('server_version') AS server,
                   current_setting('server_version_num')::integer / 10000 AS server_major,
                   current_setting('transaction_read_only')::boolean AS read_only,
                   current_setting('server_encoding') AS encoding,
                   has_database_privilege(current_database(), 'CREATE') AS may_make_schema,
                   pg_get_userbyid(n.nspowner) AS owner,
                   has_schema_privilege(n.oid, 'CREATE') AND has_schema_privilege(n.oid, 'USAGE') AS may_make_tables,
                   EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid AND c.relname = ?) AS has_history,
                   COALESCE((SELECT min(c.relname) FROM pg_class c WHERE c.relnamespace = n.oid),
                            (SELECT min(p.proname) FROM pg_proc p WHERE p.pronamespace = n.oid),
                            (SELECT min(t.typname) FROM pg_type t WHERE t.typnamespace = n.oid AND t.typelem = 0)) AS an_object,
                   (SELECT min(pg_get_userbyid(c.relowner)) FROM pg_class c
                    WHERE c.relnamespace = n.oid AND NOT pg_has_role(c.relowner, 'USAGE')) AS other_owner
            FROM (VALUES (1)) one_row LEFT JOIN pg_namespace n ON n.nspname = ?""";

    private final SchemaDataSource database;
    private final int oldestServer;

    MigrationPreflight(SchemaDataSource database, int oldestServer) {
        this.database = database;
        this.oldestServer = oldestServer;
    }

    void check() {
        database.read(connection -> {
            checkFacts(connection);
            // While the first connection is open, because Flyway uses two.
            checkSecondConnection();
            return true;
        });
    }

    private void checkFacts(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FACTS)) {
            select.setString(1, History.TABLE);
            select.setString(2, database.schema());
            try (ResultSet facts = select.executeQuery()) {
                facts.next();
                checkServer(connection, facts);
                checkRights(facts);
                checkContent(facts);
            }
        }
    }

    private void checkServer(Connection connection, ResultSet facts) throws SQLException {
        if (facts.getInt("server_major") < oldestServer) {
            throw refusal(
                    Reason.SERVER_TOO_OLD,
                    "the server is PostgreSQL " + facts.getString("server"),
                    "Use PostgreSQL " + oldestServer + " or newer");
        }
        if (!ENCODINGS.contains(facts.getString("encoding"))) {
            throw refusal(
                    Reason.ENCODING,
                    "the database has the encoding " + facts.getString("encoding") + ", which cannot hold every text",
                    "Create the database with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0");
        }
        if (connection.isReadOnly() || facts.getBoolean("read_only")) {
            throw refusal(
                    Reason.READ_ONLY,
                    "the connections of role \"" + facts.getString("role") + "\" are read-only",
                    "Migrate through the primary server, with a role and a pool that may write");
        }
    }

    private void checkRights(ResultSet facts) throws SQLException {
        String role = facts.getString("role");
        @Nullable String owner = facts.getString("owner");
        @Nullable String otherOwner = facts.getString("other_owner");
        if (owner == null && !facts.getBoolean("may_make_schema")) {
            throw refusal(
                    Reason.ACCESS_DENIED,
                    "it does not exist, and role \"" + role + "\" may not create it",
                    "Run CREATE SCHEMA " + database.schema() + " AUTHORIZATION \"" + role
                            + "\" as an administrator, or migrate with a role that may create schemas");
        }
        if (owner != null && !facts.getBoolean("may_make_tables")) {
            throw refusal(
                    Reason.ACCESS_DENIED,
                    "it belongs to role \"" + owner + "\", and role \"" + role + "\" may not create tables in it",
                    "Migrate as \"" + owner + "\", or grant CREATE and USAGE on the schema to \"" + role + "\"");
        }
        if (otherOwner != null) {
            throw refusal(
                    Reason.ACCESS_DENIED,
                    "tables in it belong to role \"" + otherOwner + "\", and role \"" + role + "\" may not alter them",
                    "Migrate as \"" + otherOwner + "\", or grant that role to \"" + role + "\"");
        }
    }

    private void checkContent(ResultSet facts) throws SQLException {
        @Nullable String object = facts.getString("an_object");
        if (object != null && !facts.getBoolean("has_history")) {
            throw refusal(
                    Reason.SCHEMA_NOT_EMPTY,
                    "it has no history of migrations, but is not empty: it contains \"" + object + "\"",
                    "Choose another schema name, or move the objects of this one elsewhere");
        }
    }

    private void checkSecondConnection() {
        try (Connection second = database.dataSource().getConnection()) {
            second.isClosed();
        } catch (SQLException | RuntimeException refused) {
            throw new MigrationException(
                    Reason.POOL_TOO_SMALL,
                    database.schema(),
                    null,
                    "migrating needs two connections at a time, and the DataSource gives only one: "
                            + MigrationErrors.firstLine(refused),
                    "Allow the pool at least 2 connections, or migrate through another DataSource",
                    refused);
        }
    }

    private MigrationException refusal(Reason reason, String problem, String remedy) {
        return new MigrationException(reason, database.schema(), null, problem, remedy);
    }
}
