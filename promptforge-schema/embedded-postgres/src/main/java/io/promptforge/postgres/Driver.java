package io.promptforge.postgres;

import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** The JDBC driver, whose first connection takes a JVM longer than PostgreSQL takes to start. */
final class Driver {

    private static final int CLOSED_PORT = 1;
    private static final Thread LOADING = new Thread(Driver::connectInVain, "promptforge-postgres-driver");

    static {
        LOADING.setDaemon(true);
        LOADING.start();
    }

    private Driver() {}

    /** Loads two thirds of it while the caller goes on, once in a JVM. */
    static void load() {
        // The class is initialised by this.
    }

    private static void connectInVain() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {CLOSED_PORT});
        dataSource.setSocketTimeout(1);
        try {
            dataSource.getConnection("nobody", "").close();
        } catch (SQLException expected) {
            // The classes are there.
        }
    }
}
