package io.promptforge.schema.internal;

/** The settings that every script and undo script runs with, until its transaction ends. */
public final class ScriptSettings {

    /** How long a statement of a script waits for a lock, and the service's statements on that table behind it. */
    public static final String LOCK_TIMEOUT = "300ms";

    private ScriptSettings() {}

    /**
     * Statements that resolve unqualified names in this schema only, set the time zone to UTC, read backslashes in texts as
     * the standard does, and wait for locks only briefly, whatever is set for the database or the role.
     */
    public static String set(String schema) {
        return "SET LOCAL search_path TO \"" + schema + "\"; SET LOCAL TimeZone TO 'UTC';"
                + " SET LOCAL standard_conforming_strings TO on; SET LOCAL lock_timeout TO '" + LOCK_TIMEOUT + "'";
    }
}
