package io.promptforge.schema;

/** The settings that every script and undo script runs with, until its transaction ends. */
final class ScriptSettings {

    private ScriptSettings() {}

    /** Statements that resolve unqualified names in this schema only, and set the time zone to UTC. */
    static String set(String schema) {
        return "SET LOCAL search_path TO \"" + schema + "\"; SET LOCAL TimeZone TO 'UTC'";
    }
}
