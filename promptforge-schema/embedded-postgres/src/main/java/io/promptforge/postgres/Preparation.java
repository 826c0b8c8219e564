package io.promptforge.postgres;

/**
 * Prepares a new cluster once, before it is cached; for example, creates and migrates a template database.
 *
 * @see EmbeddedPostgres.Builder#prepared(String, Preparation)
 */
@FunctionalInterface
public interface Preparation {

    /**
     * Changes the server. Everything that is committed, in all databases, is part of each server that is started from the
     * cached cluster. Connections need not be closed.
     *
     * @param server runs during this call only; need not be closed
     * @throws Exception any failure; nothing is cached then, and the start fails with this as the cause
     */
    void prepare(EmbeddedPostgres server) throws Exception;
}
