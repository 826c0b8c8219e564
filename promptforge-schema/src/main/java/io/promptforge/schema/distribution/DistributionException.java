package io.promptforge.schema.distribution;

import org.jspecify.annotations.Nullable;

/**
 * A distribution was refused or has failed. Nothing was changed, unless the message says that all tables are distributed and only the room
 * of their old rows was not freed.
 */
public final class DistributionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final String remedy;

    DistributionException(Reason reason, String problem, String remedy, @Nullable Throwable cause) {
        super(problem + ". " + remedy + ".", cause);
        this.reason = reason;
        this.remedy = remedy;
    }

    DistributionException(Reason reason, String problem, String remedy) {
        this(reason, problem, remedy, null);
    }

    static DistributionException of(Obstacle obstacle) {
        return new DistributionException(obstacle.reason(), obstacle.problem(), obstacle.remedy());
    }

    /** The kind of problem. */
    public Reason reason() {
        return reason;
    }

    /** What to do about it, a sentence without a full stop. */
    public String remedy() {
        return remedy;
    }

    /** The kinds of problems. */
    public enum Reason {
        /** An argument is out of range. */
        INVALID_ARGUMENT,
        /** The server has no Citus: its files or its entry in {@code shared_preload_libraries} are missing. */
        CITUS_MISSING,
        /** The server has Citus, but the extension was not created in this database. */
        EXTENSION_MISSING,
        /** The connection leads to a worker of the cluster. */
        NOT_COORDINATOR,
        /** The cluster has no worker for this database. */
        NO_WORKERS,
        /** The role does not own the tables, or row-level security is forced on it, behind which rows cannot be copied. */
        ACCESS_DENIED,
        /** The schema has no tables. */
        NOT_MIGRATED,
        /** A table has a key or a column that Citus does not support. */
        UNSUITABLE,
        /** A transaction holds a lock on a table. Trying again may help. */
        BUSY,
        /** A value that must be unique over the platform is there twice. */
        NOT_UNIQUE,
        /** Afterwards, a table had another number of rows than before. It was rolled back. */
        NOT_VERIFIED,
        /** There is no connection, or it was lost. */
        NO_CONNECTION,
        /** Any other error of the database; see the cause. It was rolled back. */
        DATABASE_ERROR
    }
}
