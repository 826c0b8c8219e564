package io.promptforge.schema;

/** The settings that every script and undo script runs with, until its transaction ends. */
final class ScriptSettings {

    private ScriptSettings() {}

    /**
     * Statements that resolve unqualified names in this schema only, set the time zone to UTC, and read backslashes in texts as
     * the standard does, whatever is set for the database or the role.
     */
    static String set(String schema) {
        return "SET LOCAL search_path TO \"" + schema + "\"; SET LOCAL TimeZone TO 'UTC';"
                + " SET LOCAL standard_conforming_strings TO on";
    }
}
