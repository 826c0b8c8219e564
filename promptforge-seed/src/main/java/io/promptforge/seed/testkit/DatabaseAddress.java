package io.promptforge.seed.testkit;

import org.postgresql.ds.PGSimpleDataSource;

/**
 * How to connect to a database.
 *
 * @param jdbcUrl enough by itself: user and password are in it
 */
record DatabaseAddress(String jdbcUrl, String user, String password) {

    /** A data source without a pool. */
    PGSimpleDataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl);
        return dataSource;
    }

    /** The same with a parameter of the driver's. */
    DatabaseAddress with(String parameter, String value) {
        return new DatabaseAddress(jdbcUrl + "&" + parameter + "=" + value, user, password);
    }
}
