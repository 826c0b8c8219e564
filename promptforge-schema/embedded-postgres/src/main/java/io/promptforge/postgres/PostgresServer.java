package io.promptforge.postgres;

import javax.sql.DataSource;

/** A server for tests: an embedded one, or a cluster that is given. Thread-safe. */
public interface PostgresServer {

    /**
     * The cluster that the system property {@value CitusCluster#URL} names; otherwise a new embedded server.
     *
     * @throws EmbeddedPostgresException when it cannot be reached or started
     */
    static PostgresServer forTests() {
        return CitusCluster.given().<PostgresServer>map(cluster -> cluster).orElseGet(EmbeddedPostgres::start);
    }

    /** Whether tables can be distributed: the databases are those of a cluster of Citus. */
    boolean isCluster();

    /** The TCP port of 127.0.0.1 that clients connect to. */
    int port();

    /** The superuser; no password is needed. */
    String user();

    /**
     * A data source without a pool, as the superuser.
     *
     * @param database need not exist yet
     */
    DataSource dataSource(String database);

    /**
     * Runs a statement about the whole server, such as one about roles, on each of its nodes.
     *
     * @throws EmbeddedPostgresException when a node refuses
     */
    void run(String sql);

    /**
     * Creates a database without tables.
     *
     * @throws EmbeddedPostgresException when there is one of this name already, or the server refuses
     */
    void createDatabase(String name);

    /**
     * Creates a database as a copy of another one.
     *
     * @param template must have no connections; see {@link #freezeTemplate(String)}
     * @throws EmbeddedPostgresException when the template is missing or in use, or the name is taken
     */
    void cloneDatabase(String template, String name);

    /**
     * Drops a database and ends its connections.
     *
     * @throws EmbeddedPostgresException when there is no such database, or it is a template
     */
    void dropDatabase(String name);

    /**
     * Makes a database a template and refuses connections to it.
     *
     * @throws EmbeddedPostgresException when there is no such database
     */
    void freezeTemplate(String name);
}
