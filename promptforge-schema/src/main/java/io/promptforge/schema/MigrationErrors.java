package io.promptforge.schema;

import io.promptforge.schema.MigrationException.Reason;
import io.promptforge.schema.internal.SqlState;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Turns errors of the database into {@link MigrationException}s, by their SQLSTATE. */
final class MigrationErrors {

    private MigrationErrors() {}

    /** An error outside of any script. */
    static MigrationException of(String schema, SQLException error) {
        return byCode(
                Reason.DATABASE_ERROR,
                schema,
                null,
                "the database refused: " + firstLine(error),
                "See the cause; nothing was changed",
                error);
    }

    /** An error while the script ran; the database has rolled it back. */
    static MigrationException ofScript(String schema, String version, String fileName, Throwable error) {
        SQLException cause = SqlState.errorIn(error).orElseGet(() -> new SQLException(error));
        return byCode(
                Reason.SCRIPT_FAILED,
                schema,
                version,
                fileName + " failed and was rolled back: " + firstLine(cause),
                "Remove the cause and run again; migrating continues with this script",
                error);
    }

    static MigrationException noConnection(String schema, Throwable error) {
        Throwable reported = SqlState.errorIn(error).<Throwable>map(sql -> sql).orElse(error);
        return new MigrationException(
                Reason.NO_CONNECTION,
                schema,
                null,
                "the DataSource gives no connection: " + firstLine(reported),
                remedyForConnection(SqlState.of(error)),
                error);
    }

    private static MigrationException byCode(
            Reason otherwise, String schema, @Nullable String version, String problem, String remedy, Throwable error) {
        String code = SqlState.of(error);
        if (isConnectionError(code) || (code.isEmpty() && isPoolTimeout(error))) {
            return new MigrationException(
                    Reason.NO_CONNECTION, schema, version, problem, remedyForConnection(code), error);
        }
        return switch (code) {
            case SqlState.INSUFFICIENT_PRIVILEGE ->
                new MigrationException(
                        Reason.ACCESS_DENIED,
                        schema,
                        version,
                        problem,
                        "Use the role that owns the schema and its tables, or grant this role USAGE on the schema and"
                                + " SELECT on its tables",
                        error);
            case SqlState.READ_ONLY_SQL_TRANSACTION ->
                new MigrationException(
                        Reason.READ_ONLY,
                        schema,
                        version,
                        problem,
                        "Migrate through a connection that may write",
                        error);
            case SqlState.LOCK_NOT_AVAILABLE,
                    SqlState.DEADLOCK_DETECTED,
                    SqlState.SERIALIZATION_FAILURE,
                    SqlState.QUERY_CANCELED ->
                new MigrationException(
                        Reason.BUSY,
                        schema,
                        version,
                        problem,
                        "Another transaction holds the lock, or a timeout has passed; find long transactions in"
                                + " pg_stat_activity, or try again when there is less traffic",
                        error);
            default -> new MigrationException(otherwise, schema, version, problem, remedy, error);
        };
    }

    /** Unreachable, shutting down, wrong password, no such database, no free slot. */
    private static boolean isConnectionError(String code) {
        return code.startsWith(SqlState.CONNECTION_EXCEPTION_CLASS)
                || code.startsWith(SqlState.OPERATOR_INTERVENTION_PREFIX)
                || code.startsWith(SqlState.INVALID_AUTHORIZATION_CLASS)
                || code.equals(SqlState.INVALID_CATALOG_NAME)
                || code.equals(SqlState.TOO_MANY_CONNECTIONS);
    }

    private static boolean isPoolTimeout(Throwable error) {
        return SqlState.errorIn(error).orElse(null) instanceof SQLTransientConnectionException;
    }

    private static String remedyForConnection(String code) {
        if (code.startsWith(SqlState.INVALID_AUTHORIZATION_CLASS)) {
            return "Check user name and password, and the server's pg_hba.conf";
        }
        return switch (code) {
            case SqlState.PROTOCOL_VIOLATION ->
                "If a pooler such as PgBouncer is between, allow it at least 2 connections to the server, or migrate past it with"
                        + " migratingWith";
            case SqlState.INVALID_CATALOG_NAME -> "Create the database, or check its name in the URL";
            case SqlState.TOO_MANY_CONNECTIONS ->
                "The server has no connection slot left: use smaller pools or raise max_connections";
            default -> "Check that the server runs and that host, port and database of the URL are right";
        };
    }

    /** The first line only: the others may quote rows. */
    static String firstLine(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank()
                ? error.getClass().getSimpleName()
                : message.lines().findFirst().orElseThrow().replaceFirst("\\.+$", "");
    }
}
