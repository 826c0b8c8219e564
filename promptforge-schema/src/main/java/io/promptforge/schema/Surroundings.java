package io.promptforge.schema;

/** What every script of ours may rely on, whichever way it is run, and only until its transaction ends. */
final class Surroundings {

    private Surroundings() {}

    /** The statements that make unqualified names mean our schema and none of the host's, and dates mean UTC. */
    static String set(String schema) {
        return "SET LOCAL search_path TO \"" + schema + "\"; SET LOCAL TimeZone TO 'UTC'";
    }
}
