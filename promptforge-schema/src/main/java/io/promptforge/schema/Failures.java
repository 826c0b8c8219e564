package io.promptforge.schema;

import io.promptforge.schema.MigrationException.Reason;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Turns errors of the database into ours: by their codes, since their words depend on the server's language. */
final class Failures {

    private Failures() {}

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
        SQLException cause = SqlState.find(error).orElseGet(() -> new SQLException(error));
        return byCode(
                Reason.SCRIPT_FAILED,
                schema,
                version,
                fileName + " failed and was rolled back: " + firstLine(cause),
                "Remove the cause and run again: it goes on from this script",
                error);
    }

    static MigrationException noConnection(String schema, Throwable error) {
        SqlState state = SqlState.of(error);
        return new MigrationException(
                Reason.NO_CONNECTION,
                schema,
                null,
                "the DataSource gives no connection: "
                        + firstLine(
                                SqlState.find(error).<Throwable>map(sql -> sql).orElse(error)),
                state.remedyForConnection(),
                error);
    }

    private static MigrationException byCode(
            Reason otherwise, String schema, @Nullable String version, String problem, String remedy, Throwable error) {
        SqlState state = SqlState.of(error);
        if (state.isNoConnection() || (state.code().isEmpty() && isPoolTimeout(error))) {
            return new MigrationException(
                    Reason.NO_CONNECTION, schema, version, problem, state.remedyForConnection(), error);
        }
        if (state.isAccessDenied()) {
            return new MigrationException(
                    Reason.ACCESS_DENIED,
                    schema,
                    version,
                    problem,
                    "Use the role that owns the schema and what is in it, or grant this role USAGE on the schema and"
                            + " SELECT on its tables",
                    error);
        }
        if (state.isReadOnly()) {
            return new MigrationException(
                    Reason.READ_ONLY, schema, version, problem, "Migrate through a connection that may write", error);
        }
        if (state.isBusy()) {
            return new MigrationException(
                    Reason.BUSY,
                    schema,
                    version,
                    problem,
                    "Something else holds the lock, or a timeout struck first: try again when there is less traffic",
                    error);
        }
        return new MigrationException(otherwise, schema, version, problem, remedy, error);
    }

    private static boolean isPoolTimeout(Throwable error) {
        return SqlState.find(error).orElse(null) instanceof SQLTransientConnectionException;
    }

    /** The first line only: the others may quote rows. */
    static String firstLine(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank()
                ? error.getClass().getSimpleName()
                : message.lines().findFirst().orElseThrow().replaceFirst("\\.+$", "");
    }
}
