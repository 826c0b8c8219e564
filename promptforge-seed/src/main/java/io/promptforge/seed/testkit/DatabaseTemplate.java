package io.promptforge.seed.testkit;

import javax.sql.DataSource;

/**
 * Adds content to test databases beside the migrated schema: the host's own migrations, or data that many tests read. It
 * is prepared once, and every database is a clone of the result. The result is cached between runs.
 *
 * <p>Templates are chained: each is prepared on a database that contains the schema and the templates before it. A class
 * that is named in {@code @PromptForgeTest(templates = …)} needs a constructor without parameters.
 */
public interface DatabaseTemplate {
    /**
     * Identifies the result of {@link #prepare} among those of this class. Must change whenever the result changes: use
     * {@link ClasspathHash} on the files it depends on. Called by {@link TestDatabases#of}.
     */
    String key();

    /**
     * Fills the template's database. Connections that are left open are closed and their transactions rolled back.
     *
     * @param dataSource connects as the role that the tests use; without a pool
     * @throws Exception if the template cannot be prepared; every test that needs it then fails with this cause and the
     *     name of the class
     */
    void prepare(DataSource dataSource) throws Exception;
}
