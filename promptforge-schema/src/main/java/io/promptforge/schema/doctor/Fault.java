package io.promptforge.schema.doctor;

/** What can be wrong. The names are stable: scripts and alerts may rely on them. */
public enum Fault {
    /** Nothing listens at the address, or a firewall is between. */
    CONNECTION_REFUSED,
    /** The name of the server has no address. */
    UNKNOWN_HOST,
    /** Server and client do not agree on an encrypted connection. */
    TLS_FAILED,
    /** The server refuses the role or its password, or has no rule in pg_hba.conf that lets it in. */
    LOGIN_REFUSED,
    /** The server has no such role. */
    ROLE_MISSING,
    /** The server has no such database. */
    DATABASE_MISSING,
    /** The server, or the role, has no connection left. */
    CONNECTIONS_EXHAUSTED,
    /** The DataSource gives no connection for another reason. */
    NO_CONNECTION,
    /** The DataSource gives fewer than two connections at a time, which migrating needs. */
    POOL_TOO_SMALL,
    /** The server is older than PostgreSQL 14, or newer than every version that this release was tested on. */
    UNSUPPORTED_VERSION,
    /** The database cannot store every text, or counts bytes instead of characters. */
    ENCODING,
    /** The role's time zone is not UTC. */
    TIME_ZONE,
    /** The clocks of server and client differ. */
    CLOCK_SKEW,
    /** The role may do more than a service needs. */
    ROLE_TOO_POWERFUL,
    /** The role lacks a right that the repositories need. */
    PERMISSION_MISSING,
    /** Scripts of this release are not applied. */
    MIGRATIONS_PENDING,
    /** The history of migrations does not match this release. */
    MIGRATIONS_DIVERGED,
    /** Tables, constraints, indexes, triggers or functions differ from what the scripts make. */
    SCHEMA_CHANGED,
    /** Row-level security is switched off on a table that has policies. */
    ROW_SECURITY_OFF,
    /** A month that begins soon, or has begun, has no partition. */
    PARTITIONS_MISSING,
    /** Spans are in the default partition. */
    DEFAULT_PARTITION_USED,
    /** An index is not used by queries, because building it failed. */
    INDEX_INVALID,
    /** An index is much larger than its content. */
    INDEX_BLOATED,
    /** A large index was not read for a long time. */
    INDEX_UNUSED,
    /** The planner knows nothing about a table with many rows. */
    STATISTICS_MISSING,
    /** A table has many dead rows. */
    VACUUM_BEHIND,
    /** The database comes near the transaction id at which it stops accepting writes. */
    WRAPAROUND_NEAR,
    /** A transaction is open for very long, which keeps dead rows and stops migrations. */
    LONG_TRANSACTION,
    /** A table is on the coordinator of a Citus cluster only, while others are distributed. */
    NOT_DISTRIBUTED,
    /** A value that is unique over the platform is there twice, on a cluster of Citus, which cannot refuse it. */
    KEY_REPEATED,
    /** A part of the examination could not be made. */
    NOT_EXAMINED
}
