package io.promptforge.seed.testkit;

/** A PostgreSQL on which databases are cloned from the template of one chain. Safe for use by several threads. */
sealed interface DatabaseServer permits EmbeddedServer, SharedServer {

    /** Makes a database with all that the template holds; returns its name. */
    String newDatabase();

    DatabaseAddress address(String database);

    /** A database that is always there, for statements about the others. */
    DatabaseAddress maintenance();

    /** Takes a database that nobody needs any more. May drop it, so it must not be called on a test's thread. */
    void discard(String database);

    /** Lets a database outlive this JVM; returns what to tell the person who wants to look into it. */
    String keep(String database);
}
