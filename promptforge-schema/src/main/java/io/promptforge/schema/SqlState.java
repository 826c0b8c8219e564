package io.promptforge.schema;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's error code: the one part of an error that no server language and no driver release changes. */
record SqlState(String code) {

    /** The deepest code in the chain of causes: pools wrap the driver's error and lose its code. */
    static SqlState of(Throwable error) {
        return new SqlState(find(error).map(SQLException::getSQLState).orElse(""));
    }

    /** The database's own error in the chain of causes. */
    static Optional<SQLException> find(Throwable error) {
        @Nullable SQLException found = null;
        for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && (found == null || sql.getSQLState() != null)) {
                found = sql;
            }
        }
        return Optional.ofNullable(found);
    }

    boolean isNoSuchTable() {
        return code.equals("42P01") || code.equals("3F000");
    }

    boolean isAccessDenied() {
        return code.equals("42501");
    }

    boolean isReadOnly() {
        return code.equals("25006");
    }

    /** Lock not available, deadlock, serialization failure, cancelled (a timeout of the role or the host). */
    boolean isBusy() {
        return code.equals("55P03") || code.equals("40P01") || code.equals("40001") || code.equals("57014");
    }

    /** Broken or refused: unreachable, shutting down, wrong password, no such database, no free slot. */
    boolean isNoConnection() {
        return code.startsWith("08")
                || code.startsWith("57P")
                || code.startsWith("28")
                || code.equals("3D000")
                || code.equals("53300");
    }

    String remedyForConnection() {
        if (code.startsWith("28")) {
            return "Check user name and password, and the server's pg_hba.conf";
        }
        return switch (code) {
            case "3D000" -> "Create the database, or check its name in the URL";
            case "53300" -> "The server has no connection slot left: use smaller pools or raise max_connections";
            default -> "Check that the server runs and that host, port and database of the URL are right";
        };
    }
}
