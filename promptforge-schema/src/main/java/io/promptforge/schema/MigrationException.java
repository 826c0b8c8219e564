package io.promptforge.schema;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The schema could not be brought to, or is not in, the state that was asked for. The message says schema, version,
 * problem and remedy; the parts a program needs are fields. The cause, where there is one, is the database's own error.
 */
public final class MigrationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final String schema;
    private final @Nullable String version;
    private final String remedy;

    MigrationException(
            Reason reason,
            String schema,
            @Nullable String version,
            String problem,
            String remedy,
            @Nullable Throwable cause) {
        super(
                "Schema \"" + schema + "\"" + (version == null ? "" : ", version " + version) + ": " + problem + ". "
                        + remedy + ".",
                cause);
        this.reason = reason;
        this.schema = schema;
        this.version = version;
        this.remedy = remedy;
    }

    MigrationException(Reason reason, String schema, @Nullable String version, String problem, String remedy) {
        this(reason, schema, version, problem, remedy, null);
    }

    /** What kind of problem it is. */
    public Reason reason() {
        return reason;
    }

    /** The schema it happened in. */
    public String schema() {
        return schema;
    }

    /** The migration it is about; empty when it is about none in particular. */
    public Optional<String> version() {
        return Optional.ofNullable(version);
    }

    /** What a person can do about it, in a sentence without full stop. */
    public String remedy() {
        return remedy;
    }

    /** The kinds of problems. */
    public enum Reason {
        /** An argument makes no sense: a schema name, a number of steps, a version that was never applied. */
        INVALID_ARGUMENT,
        /** A reset was not confirmed with the schema's name. */
        NOT_CONFIRMED,
        /** The DataSource gives no connection, or the connection was lost. */
        NO_CONNECTION,
        /** The DataSource gives one connection, but migrating needs two at a time. */
        POOL_TOO_SMALL,
        /** The two DataSources do not lead to the same database. */
        DIFFERENT_DATABASES,
        /** The server is older than the oldest that is supported. */
        SERVER_TOO_OLD,
        /** The connection, the role or the server accepts no writes. */
        READ_ONLY,
        /** The role may not read the history, or not create or change what belongs to the schema. */
        ACCESS_DENIED,
        /** The schema holds objects, but no history: it is not this library's. */
        SCHEMA_NOT_EMPTY,
        /** {@link Migrations#validate()} only: there are scripts to apply. */
        PENDING,
        /** A shipped script was not applied, although a later one was. */
        SCRIPT_SKIPPED,
        /** An applied script differs from the shipped one. */
        SCRIPT_EDITED,
        /** An applied script is no longer shipped. */
        SCRIPT_MISSING,
        /** The schema was migrated by a newer release of this library. */
        SCHEMA_TOO_NEW,
        /** A script failed. What it had done is undone; the scripts before it stay. */
        SCRIPT_FAILED,
        /** An applied script has no script that undoes it. */
        NO_UNDO,
        /** Somebody else changed the schema at the same time, or holds a lock on it. Trying again may help. */
        BUSY,
        /** Flyway itself could not run; mostly, its jars do not fit together. */
        FLYWAY,
        /** Any other error of the database; see the cause. */
        DATABASE_ERROR
    }
}
