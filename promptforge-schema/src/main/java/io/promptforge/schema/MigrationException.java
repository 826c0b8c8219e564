package io.promptforge.schema;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the schema cannot be migrated, or is not at the expected version. The message contains schema, version, problem
 * and remedy. The cause is the error of the database, if there is one.
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

    /** The kind of problem. */
    public Reason reason() {
        return reason;
    }

    /** The name of the schema. */
    public String schema() {
        return schema;
    }

    /** The version of the migration with the problem; empty when the problem is not about a single one. */
    public Optional<String> version() {
        return Optional.ofNullable(version);
    }

    /** What to do about it, a sentence without a full stop. */
    public String remedy() {
        return remedy;
    }

    /** The kinds of problems. */
    public enum Reason {
        /** An argument is invalid: a schema name, a number of steps, a version that is not applied. */
        INVALID_ARGUMENT,
        /** A reset was not confirmed with the name of the schema. */
        NOT_CONFIRMED,
        /** The DataSource gives no connection, or the connection was lost. */
        NO_CONNECTION,
        /** The DataSource gives only one connection at a time; migrating needs two. */
        POOL_TOO_SMALL,
        /** The two DataSources lead to different databases. */
        DIFFERENT_DATABASES,
        /** The server is older than PostgreSQL 14. */
        SERVER_TOO_OLD,
        /** The encoding of the database cannot hold every text. */
        ENCODING,
        /** The connection, the role or the server accepts no writes. */
        READ_ONLY,
        /** The role may not read the history, create the schema, or change its tables. */
        ACCESS_DENIED,
        /** The schema contains objects, but no history: it does not belong to this library. */
        SCHEMA_NOT_EMPTY,
        /** Scripts are pending; thrown by {@link Migrations#validate()} only. */
        PENDING,
        /** The policies that keep the tenants apart were changed; thrown by {@link Migrations#validate()} only. */
        NOT_ISOLATED,
        /** The role of a service could see the rows of all tenants; thrown by {@link Migrations#validateConfined()} and {@link ServiceRole#validate()}. */
        NOT_CONFINED,
        /** A shipped script was not applied, although a later one was. */
        SCRIPT_SKIPPED,
        /** An applied script differs from the shipped one. */
        SCRIPT_EDITED,
        /** An applied script is no longer shipped. */
        SCRIPT_MISSING,
        /** The schema was migrated by a newer release of this library. */
        SCHEMA_TOO_NEW,
        /** A script failed and was rolled back; the scripts before it stay applied. */
        SCRIPT_FAILED,
        /** An applied script has no undo script. */
        NO_UNDO,
        /** Another process is migrating or rolling back, or holds a lock. Trying again may help. */
        BUSY,
        /** Flyway could not run, usually because its jars have different versions. */
        FLYWAY,
        /** Any other error of the database; see the cause. */
        DATABASE_ERROR
    }
}
