package io.promptforge.dao.internal.session;

import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.SchemaNotMigratedException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The one place where database errors become exceptions of this library: by SQLSTATE, and by the names of the
 * constraints, which say what they protect.
 */
final class DatabaseErrors {
    private DatabaseErrors() {}

    static PromptForgeException translate(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        Constraint constraint = Constraint.named(nameOfConstraint(error));
        return switch (state) {
            case "23505" ->
                new AlreadyExistsException(
                        constraint.field(), "The field " + constraint.field() + " has a value that is taken.", error);
            case "23503" ->
                new InvalidReferenceException(
                        constraint.field(),
                        "The field " + constraint.field()
                                + " refers to something that is not there, or is itself still referred to.",
                        error);
            case "23514" -> refused(constraint, error);
            case "23502" ->
                new InvalidValueException(column(error), "The field " + column(error) + " must not be null.", error);
            case "40001", "40P01", "55P03" ->
                new RetryableException(
                        "The database gave the statement up (" + state + "); try the whole transaction again.", error);
            case "42P01", "42703", "42883", "3F000" ->
                new SchemaNotMigratedException(
                        "The tables of PromptForge are not there, or not of this library's version; run Migrations.apply first.",
                        error);
            case "25006" ->
                new AccessDeniedException(
                        "Nothing can be written here: the transaction only reads, or the server is a standby.", error);
            case "42501" ->
                new AccessDeniedException(
                        "The database role may not do this; grant it the rights on the schema.", error);
            default -> byClass(state, error);
        };
    }

    private static PromptForgeException byClass(String state, SQLException error) {
        if (state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P")
                || error instanceof SQLTransientException) {
            return noConnection(error);
        }
        if (state.startsWith("22") || state.startsWith("54")) {
            return new InvalidValueException(
                    "value", "A value is not one that its column can hold (" + state + ").", error);
        }
        return new PromptForgeException("The database reported an error (" + state + ").", error);
    }

    /** A pool's way to say so may be any exception, without a SQLSTATE. */
    static RetryableException noConnection(Exception reported) {
        return new RetryableException("The database gives no connection, or lost it; try again.", reported);
    }

    private static PromptForgeException refused(Constraint constraint, SQLException error) {
        if (constraint.rule().equals("transition")) {
            return new IllegalTransitionException(message(error), error);
        }
        return new InvalidValueException(
                constraint.field(),
                "The field " + constraint.field() + " " + constraint.complaint(message(error)) + ".",
                error);
    }

    private static @Nullable String nameOfConstraint(SQLException error) {
        ServerErrorMessage details = details(error);
        return details == null ? null : details.getConstraint();
    }

    private static String column(SQLException error) {
        ServerErrorMessage details = details(error);
        return details == null || details.getColumn() == null ? "value" : details.getColumn();
    }

    private static String message(SQLException error) {
        ServerErrorMessage details = details(error);
        return details == null || details.getMessage() == null ? "refused by the database" : details.getMessage();
    }

    private static @Nullable ServerErrorMessage details(SQLException error) {
        return error instanceof PSQLException reported ? reported.getServerErrorMessage() : null;
    }
}
