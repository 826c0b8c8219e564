package io.promptforge.schema.internal;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's error codes by their names in its documentation. Errors are told apart by these codes alone: messages depend on
 * the server's language, and exception types on the release of the driver.
 */
public final class SqlState {
    /** An INSERT or UPDATE repeats a unique value. */
    public static final String UNIQUE_VIOLATION = "23505";

    /** A referenced row does not exist, or is still referenced. */
    public static final String FOREIGN_KEY_VIOLATION = "23503";

    /** A CHECK constraint or a trigger refuses a value. */
    public static final String CHECK_VIOLATION = "23514";

    /** A required column is null. */
    public static final String NOT_NULL_VIOLATION = "23502";

    /** The transaction conflicts with a concurrent one. */
    public static final String SERIALIZATION_FAILURE = "40001";

    /** The transaction was chosen as the victim of a deadlock. */
    public static final String DEADLOCK_DETECTED = "40P01";

    /** lock_timeout has passed, or NOWAIT found a lock. */
    public static final String LOCK_NOT_AVAILABLE = "55P03";

    /** statement_timeout has passed, or the statement was cancelled. */
    public static final String QUERY_CANCELED = "57014";

    /** A table does not exist. */
    public static final String UNDEFINED_TABLE = "42P01";

    /** A column does not exist. */
    public static final String UNDEFINED_COLUMN = "42703";

    /** A function does not exist. */
    public static final String UNDEFINED_FUNCTION = "42883";

    /** A schema does not exist. */
    public static final String INVALID_SCHEMA_NAME = "3F000";

    /** A database does not exist. */
    public static final String INVALID_CATALOG_NAME = "3D000";

    /** A read-only transaction or server is asked to write. */
    public static final String READ_ONLY_SQL_TRANSACTION = "25006";

    /** The role lacks a privilege. */
    public static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** max_connections is reached. */
    public static final String TOO_MANY_CONNECTIONS = "53300";

    /** The protocol was violated; also what PgBouncer reports when it has no connection left. */
    public static final String PROTOCOL_VIOLATION = "08P01";

    /** How the codes of lost and refused connections begin. */
    public static final String CONNECTION_EXCEPTION_CLASS = "08";

    /** How the codes of failed authentication begin. */
    public static final String INVALID_AUTHORIZATION_CLASS = "28";

    /** How the codes of exhausted resources begin: connections, memory, disk. */
    public static final String INSUFFICIENT_RESOURCES_CLASS = "53";

    /** How the codes begin with which a server that starts or shuts down ends connections. */
    public static final String OPERATOR_INTERVENTION_PREFIX = "57P";

    private SqlState() {}

    /** The code of {@link #errorIn(Throwable)}; empty text when there is none. */
    public static String of(Throwable failure) {
        return errorIn(failure).map(SQLException::getSQLState).orElse("");
    }

    /** The database's error in the chain of causes: the deepest one with a code, because pools wrap it and lose its code. */
    public static Optional<SQLException> errorIn(Throwable failure) {
        @Nullable SQLException found = null;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && (found == null || sql.getSQLState() != null)) {
                found = sql;
            }
        }
        return Optional.ofNullable(found);
    }
}
