package io.promptforge.schema.internal;

import java.util.List;

/** The settings that every script and undo script runs with, until its transaction ends. */
public final class ScriptSettings {

    /** How long a statement of a script waits for a lock, and the service's statements on that table behind it. */
    public static final String LOCK_TIMEOUT = "300ms";

    /**
     * For a schema that is distributed by Citus: triggers may be changed, a new table may refer to distributed ones before it is
     * distributed itself, and the statements of one script may change several tables. PostgreSQL without Citus keeps them like any setting
     * with a dot in its name, and does nothing with them.
     */
    public static final List<String> CITUS = List.of(
            "SET LOCAL citus.enable_unsafe_triggers TO on",
            "SET LOCAL citus.enable_local_reference_table_foreign_keys TO off",
            "SET LOCAL citus.multi_shard_modify_mode TO sequential");

    private ScriptSettings() {}

    /**
     * Statements that resolve unqualified names in this schema only, set the time zone to UTC, read backslashes in texts as
     * the standard does, wait for locks only briefly, and work on distributed tables, whatever is set for the database or the role.
     */
    public static String set(String schema) {
        return "SET LOCAL search_path TO \"" + schema + "\"; SET LOCAL TimeZone TO 'UTC';"
                + " SET LOCAL standard_conforming_strings TO on; SET LOCAL lock_timeout TO '" + LOCK_TIMEOUT + "'; "
                + String.join("; ", CITUS);
    }
}
