package io.promptforge.postgres;

import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** Loads the JDBC driver while PostgreSQL starts: a JVM's first connection takes longer than the start of the server. */
final class DriverWarmUp {

    private static final int CLOSED_PORT = 1;
    private static final Thread LOADING = new Thread(DriverWarmUp::connectInVain, "promptforge-postgres-driver");

    static {
        LOADING.setDaemon(true);
        LOADING.start();
    }

    private DriverWarmUp() {}

    /** Starts loading two thirds of the driver's classes in the background, once per JVM. */
    static void load() {
        // The call initialises this class, and that starts the thread.
    }

    private static void connectInVain() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {CLOSED_PORT});
        dataSource.setSocketTimeout(1);
        try {
            dataSource.getConnection("nobody", "").close();
        } catch (SQLException expected) {
            // The connection is refused, but the classes are loaded.
        }
    }
}
