package io.promptforge.schema.draft;

import org.jspecify.annotations.Nullable;

/** A migration could not be drafted. Nothing was changed. */
public final class DraftException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    DraftException(Reason reason, String problem, String remedy, @Nullable Throwable cause) {
        super(problem + ". " + remedy + ".", cause);
        this.reason = reason;
    }

    DraftException(Reason reason, String problem, String remedy) {
        this(reason, problem, remedy, null);
    }

    /** The kind of problem. */
    public Reason reason() {
        return reason;
    }

    /** The kinds of problems. */
    public enum Reason {
        /** The schema does not exist, or the history of its migrations does not match this release. */
        SCHEMA,
        /** The role does not own the schema, or may not create schemas. */
        ACCESS_DENIED,
        /** The description of the migration is not allowed in the name of a file. */
        INVALID_NAME,
        /** The folder has scripts that this release does not know, or a file cannot be written. */
        FILE,
        /** Any other error of the database; see the cause. */
        DATABASE_ERROR
    }
}
