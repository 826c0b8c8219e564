package io.promptforge.dao.internal.session;

import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.RetryableException.Reason;
import io.promptforge.dao.error.SchemaNotMigratedException;
import io.promptforge.dao.error.TimedOutException;
import io.promptforge.dao.error.TimedOutException.Limit;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Makes exceptions of this library from database errors: by SQLSTATE, and by the names of constraints, which tell what they
 * protect. No other class looks at a SQLSTATE. The constants have the names of PostgreSQL's documentation, appendix A.
 */
final class DatabaseErrors {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String FOREIGN_KEY_VIOLATION = "23503";
    private static final String CHECK_VIOLATION = "23514";
    private static final String NOT_NULL_VIOLATION = "23502";
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK_DETECTED = "40P01";
    private static final String QUERY_CANCELED = "57014";
    private static final String TRANSACTION_TIMEOUT = "25P04";
    private static final String IDLE_IN_TRANSACTION_TIMEOUT = "25P03";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String UNDEFINED_COLUMN = "42703";
    private static final String UNDEFINED_FUNCTION = "42883";
    private static final String INVALID_SCHEMA_NAME = "3F000";
    private static final String READ_ONLY_TRANSACTION = "25006";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String INTERNAL_ERROR = "XX000";

    /** Classes of states, which are their beginnings. */
    private static final String CONNECTION_EXCEPTION = "08";

    private static final String INSUFFICIENT_RESOURCES = "53";
    private static final String SHUTDOWN = "57P";
    private static final String DATA_EXCEPTION = "22";
    private static final String PROGRAM_LIMIT_EXCEEDED = "54";

    /** What the triggers say that check a status. */
    private static final Pattern TRANSITION = Pattern.compile(
            "the (?<what>[a-z ]+) (?<id>[0-9a-f-]{36}) cannot go from (?<present>\\w+) to (?<refused>\\w+)");

    private static final Pattern CONSTRAINT_IN_MESSAGE = Pattern.compile("constraint \"(?<name>[^\"]+)\"");
    private static final Pattern COLUMN_IN_MESSAGE = Pattern.compile("column \"(?<name>[^\"]+)\"");
    private static final Pattern NAME = Pattern.compile("^(?<name>[a-z]+(?:_[a-z0-9]+)+)$");

    private DatabaseErrors() {}

    static PromptForgeException translate(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        return switch (state) {
            case UNIQUE_VIOLATION -> {
                String field = constraint(error).field();
                yield new AlreadyExistsException(
                        field,
                        "The field " + field + " has a value that is taken.",
                        "Give another value, or change what has it.",
                        error);
            }
            case FOREIGN_KEY_VIOLATION -> {
                String field = constraint(error).field();
                yield new InvalidReferenceException(
                        field,
                        "The field " + field + " refers to a row that does not exist, or the row is still referred to.",
                        "Give the id of a row of this organization, or first remove what refers to the row.",
                        error);
            }
            case CHECK_VIOLATION -> refused(error);
            case NOT_NULL_VIOLATION ->
                new InvalidValueException(
                        column(error), "The field " + column(error) + " is null.", "Give a value.", error);
            case DEADLOCK_DETECTED -> rolledBack(Reason.DEADLOCK, "a deadlock", error);
            case SERIALIZATION_FAILURE -> rolledBack(Reason.SERIALIZATION_FAILURE, "a serialization failure", error);
            // Citus does not tell why; the only check at the commit is that of the audit log, which fails for an old
            // snapshot.
            case INTERNAL_ERROR ->
                message(error).startsWith("could not commit transaction for shard")
                        ? rolledBack(Reason.SERIALIZATION_FAILURE, "a refused commit", error)
                        : byClass(state, error);
            case LOCK_NOT_AVAILABLE -> timedOut(Limit.LOCK, "waited too long for a lock", error);
            case QUERY_CANCELED -> timedOut(Limit.STATEMENT, "took too long, or was cancelled", error);
            case TRANSACTION_TIMEOUT -> timedOut(Limit.TRANSACTION, "is of a transaction that took too long", error);
            case IDLE_IN_TRANSACTION_TIMEOUT -> noConnection(error);
            case UNDEFINED_TABLE, UNDEFINED_COLUMN, UNDEFINED_FUNCTION, INVALID_SCHEMA_NAME ->
                new SchemaNotMigratedException(
                        "The tables of PromptForge do not exist, or are not of this library's version; run Migrations.apply first.",
                        error);
            case READ_ONLY_TRANSACTION ->
                new RetryableException(
                        Reason.READ_ONLY,
                        "The server or the connection accepts no writes, as after a failover; try again, on a connection to the"
                                + " primary server.",
                        error);
            case INSUFFICIENT_PRIVILEGE ->
                new AccessDeniedException(
                        "The database role may not do this; grant it the rights on the schema.", error);
            default -> byClass(state, error);
        };
    }

    private static PromptForgeException byClass(String state, SQLException error) {
        if (state.startsWith(CONNECTION_EXCEPTION)
                || state.startsWith(INSUFFICIENT_RESOURCES)
                || state.startsWith(SHUTDOWN)
                || error instanceof SQLTransientException) {
            return noConnection(error);
        }
        if (state.startsWith(DATA_EXCEPTION) || state.startsWith(PROGRAM_LIMIT_EXCEEDED)) {
            return new InvalidValueException(
                    "value",
                    "A value is not one that its column can hold (" + state + ").",
                    "Give a smaller one, of the type that the cause names.",
                    error);
        }
        return new PromptForgeException("The database reported an error (" + state + ").", error);
    }

    /** Pools throw exceptions of any type for this, many without a SQLSTATE. */
    static RetryableException noConnection(Exception reported) {
        return new RetryableException(
                Reason.NO_CONNECTION, "The database gives no connection, or lost it; try again.", reported);
    }

    private static RetryableException rolledBack(Reason reason, String name, SQLException error) {
        return new RetryableException(
                reason,
                "The database gave up the statement after " + name + "; try the whole transaction again.",
                error);
    }

    private static TimedOutException timedOut(Limit limit, String problem, SQLException error) {
        return new TimedOutException(
                limit, "The statement " + problem + "; try again, or raise the timeout of the database role.", error);
    }

    /** A write in work that only reads is refused with this instead of a failure that may pass. */
    static boolean isRefusedWrite(SQLException error) {
        return READ_ONLY_TRANSACTION.equals(error.getSQLState());
    }

    static AccessDeniedException writeInReadOnlyWork(SQLException error) {
        return new AccessDeniedException("Work that only reads cannot write; use a transaction.", error);
    }

    private static PromptForgeException refused(SQLException error) {
        Matcher transition = TRANSITION.matcher(message(error));
        if (transition.matches()) {
            return IllegalTransitionException.between(
                    transition.group("what"),
                    UUID.fromString(transition.group("id")),
                    transition.group("present"),
                    transition.group("refused"),
                    error);
        }
        Constraint constraint = constraint(error);
        return new InvalidValueException(
                constraint.field(),
                "The field " + constraint.field() + " " + constraint.complaint(message(error)) + ".",
                constraint.remedy(),
                error);
    }

    /** Citus reports the name only in the message, or as the hint where a trigger refuses the change. */
    private static Constraint constraint(SQLException error) {
        ServerErrorMessage details = details(error);
        if (details == null) {
            return Constraint.named(null);
        }
        String name = details.getConstraint();
        if (name == null) {
            name = named(CONSTRAINT_IN_MESSAGE, details.getMessage());
        }
        return Constraint.named(name == null ? named(NAME, details.getHint()) : name);
    }

    private static String column(SQLException error) {
        ServerErrorMessage details = details(error);
        String name = details == null ? null : details.getColumn();
        if (details != null && name == null) {
            name = named(COLUMN_IN_MESSAGE, details.getMessage());
        }
        return name == null ? "value" : name;
    }

    private static @Nullable String named(Pattern pattern, @Nullable String text) {
        Matcher matcher = pattern.matcher(text == null ? "" : text);
        return matcher.find() ? matcher.group("name") : null;
    }

    private static String message(SQLException error) {
        ServerErrorMessage details = details(error);
        return details == null || details.getMessage() == null ? "refused by the database" : details.getMessage();
    }

    private static @Nullable ServerErrorMessage details(SQLException error) {
        return error instanceof PSQLException reported ? reported.getServerErrorMessage() : null;
    }
}
