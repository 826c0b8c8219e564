package io.promptforge.seed.testkit;

import javax.sql.DataSource;

/**
 * What a test's database holds besides the migrated schema: the host's own migrations, or data that many tests need. It
 * is prepared once; every database is a copy of the result. On the embedded server the result is kept between runs too.
 *
 * <p>Templates are chained: each is prepared on a database that holds what those before it made. A class that is named by
 * an annotation needs a constructor without parameters.
 */
public interface TestTemplate {
    /**
     * Names what {@link #prepare} makes. It must change whenever the result would come out differently; see {@link
     * ClasspathHash}. Called once for each JVM.
     */
    String key();

    /**
     * Prepares the template's database. The connections need not be closed, but what is not committed is lost.
     *
     * @param dataSource as the role that the tests will use, without a pool
     * @throws Exception whatever goes wrong; the template is not kept then, and no test that needs it gets a database
     */
    void prepare(DataSource dataSource) throws Exception;
}
