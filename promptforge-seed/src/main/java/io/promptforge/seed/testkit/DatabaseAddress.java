package io.promptforge.seed.testkit;

import org.postgresql.ds.PGSimpleDataSource;

/**
 * How to connect to a database.
 *
 * @param jdbcUrl the URL, with user and password as parameters
 * @param user the role that connects
 * @param password its password; empty if the server asks for none
 */
record DatabaseAddress(String jdbcUrl, String user, String password) {

    /** A new data source without a pool. */
    PGSimpleDataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl);
        return dataSource;
    }

    /** A copy of this address with a further connection parameter; the value must be URL-encoded. */
    DatabaseAddress with(String parameter, String value) {
        return new DatabaseAddress(jdbcUrl + "&" + parameter + "=" + value, user, password);
    }
}
