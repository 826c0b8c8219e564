package io.promptforge.benchmarks;

import io.promptforge.seed.fixture.Fixtures;
import io.promptforge.seed.testkit.TestDatabase;
import io.promptforge.seed.testkit.TestDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * How long it takes to give a database its first content back after a test, as tests with an application context need it.
 *
 * @param runs how many tests there are
 */
record RestoreFigures(int runs) {
    List<TestKitFigure> measure() throws SQLException {
        double[] restores = new double[10 * runs];
        double[] leaks = new double[runs];
        try (TestDatabase database = TestDatabase.create()) {
            database.snapshot();
            // The first ones load the classes.
            for (int i = -20; i < restores.length; i++) {
                test(database);
                double millis = millis(database::restore);
                if (i >= 0) {
                    restores[i] = millis;
                }
            }
        }
        for (int i = 0; i < leaks.length; i++) {
            leaks[i] = leak();
        }
        return List.of(
                TestKitFigure.promised("Content of a database restored after a test with fixtures", 10, restores),
                TestKitFigure.beside("Ten connections that a test left open, reported and ended", leaks));
    }

    private static void test(TestDatabase database) {
        Fixtures fixtures = database.fixtures();
        fixtures.prompt().withVersions(2).deployedTo("production").create();
        fixtures.trace().create();
    }

    private static double leak() throws SQLException {
        TestDatabase database = TestDatabase.create();
        Connection[] open = new Connection[10];
        for (int i = 0; i < open.length; i++) {
            open[i] = database.dataSource().getConnection();
        }
        double millis = millis(() -> {
            database.close();
            TestDatabases.awaitReports();
        });
        for (Connection connection : open) {
            connection.close();
        }
        return millis;
    }

    private static double millis(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
