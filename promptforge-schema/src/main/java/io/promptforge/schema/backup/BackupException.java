package io.promptforge.schema.backup;

import org.jspecify.annotations.Nullable;

/** A backup or a restore was refused or has failed. Nothing was changed, unless the message says so. */
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    BackupException(Reason reason, String problem, String remedy, @Nullable Throwable cause) {
        super(problem + ". " + remedy + ".", cause);
        this.reason = reason;
    }

    BackupException(Reason reason, String problem, String remedy) {
        this(reason, problem, remedy, null);
    }

    /** The kind of problem. */
    public Reason reason() {
        return reason;
    }

    /** The kinds of problems. */
    public enum Reason {
        /** The file cannot be read or written, or exists already. */
        FILE,
        /** The file is no archive, was cut off, or a byte of it has changed. */
        DAMAGED,
        /** The archive was written by a newer release, or is of a schema that this release does not know. */
        UNKNOWN_VERSION,
        /** The archive is of one organization where one of the whole schema is needed, or the other way round. */
        OTHER_KIND,
        /** The archive of an organization has rows of another one. */
        FOREIGN_ROWS,
        /** The database has data already, and replacing it was not asked for. */
        NOT_EMPTY,
        /** The schema is not in a state in which it can be backed up or restored into. */
        SCHEMA,
        /** There is no such organization. */
        NOT_FOUND,
        /** A value that must be unique over the platform is taken, such as an e-mail address. */
        CONFLICT,
        /** After the load, the database had other rows than the archive. It was rolled back. */
        NOT_VERIFIED,
        /** Any other error of the database; see the cause. It was rolled back. */
        DATABASE_ERROR
    }
}
