package io.promptforge.seed.testkit;

import java.util.Optional;
import java.util.Set;

/** A PostgreSQL server that clones databases from the template of one chain. Thread-safe. */
interface DatabaseServer {

    /** Clones the template; returns the name of the new database. */
    String newDatabase();

    /** How to connect to a database of this server. */
    DatabaseAddress address(String database);

    /** The database for statements about other databases; it always exists. */
    DatabaseAddress maintenance();

    /**
     * Gives a database a new name, if it is certainly as it was when it was cloned, so that another test can have it. Otherwise
     * returns empty; the database is then to be discarded by its name.
     *
     * @param database one without connections
     */
    default Optional<String> renew(String database) {
        return Optional.empty();
    }

    /**
     * What there is on the server beside the databases and can be changed by any of them, one description for each: roles, their
     * settings, and those of the server. Empty if it cannot be asked, or others than the tests of this JVM use it.
     */
    default Optional<Set<String>> sharedContent() {
        return Optional.empty();
    }

    /** Discards a database that is no longer used. May drop it, which is slow, so do not call it on a test's thread. */
    void discard(String database);

    /** Keeps a database after this JVM ends; returns instructions for connecting to it and removing it. */
    String keep(String database);
}
