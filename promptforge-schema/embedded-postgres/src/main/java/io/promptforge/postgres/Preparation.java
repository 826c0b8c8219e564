package io.promptforge.postgres;

/**
 * What is done once to a new cluster before it is cached, for example creating and migrating a template database.
 *
 * @see EmbeddedPostgres.Builder#prepared(String, Preparation)
 */
@FunctionalInterface
public interface Preparation {

    /**
     * Changes the server. Everything written through it, in all databases, is part of every server started from the
     * cached cluster. Connections opened here need not be closed, but what is not committed is lost.
     *
     * @param server running only during this call; need not be closed
     * @throws Exception whatever goes wrong; nothing is cached then, and the start fails with it as the cause
     */
    void prepare(EmbeddedPostgres server) throws Exception;
}
