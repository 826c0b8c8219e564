package io.promptforge.benchmarks;

import io.promptforge.seed.fixture.Fixtures;
import io.promptforge.seed.testkit.TestDatabase;
import io.promptforge.seed.testkit.TestDatabases;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How long tests wait for their database, one after the other and eight at a time.
 *
 * @param runs of what many do at once
 * @param takes how many tests there are, one after the other
 */
record WaitFigures(int runs, int takes) {
    private static final int THREADS = 8;
    private static final int AT_ONCE = 48;
    private static final String QUESTION = "SELECT count(*) FROM promptforge.organizations";

    List<TestKitFigure> measure() throws Exception {
        TestDatabases databases = TestDatabases.of();
        takeInTurn(databases, WaitFigures::query, 100);
        takeInTurn(databases, WaitFigures::fixtures, 100);
        return List.of(
                TestKitFigure.promised(
                        "Wait for a database made ahead, tests with a few fixtures",
                        1,
                        takeInTurn(databases, WaitFigures::fixtures, takes)),
                TestKitFigure.promised(
                        "The same, tests of a single query", 1, takeInTurn(databases, WaitFigures::query, takes)),
                TestKitFigure.promised(
                        THREADS + " threads take, query and give back, per database", 20, takeAtOnce(databases)));
    }

    private interface Body {
        void run(TestDatabase database) throws Exception;
    }

    private static void query(TestDatabase database) throws Exception {
        FirstQuery.query(database.dataSource(), QUESTION);
    }

    private static void fixtures(TestDatabase database) {
        Fixtures fixtures = database.fixtures();
        fixtures.prompt().withVersions(2).create();
    }

    private static double[] takeInTurn(TestDatabases databases, Body body, int times) throws Exception {
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            try (TestDatabase database = databases.create()) {
                millis[i] = (System.nanoTime() - start) / 1e6;
                body.run(database);
            }
        }
        return millis;
    }

    private double[] takeAtOnce(TestDatabases databases) throws Exception {
        double[] millis = new double[runs];
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int run = 0; run < runs; run++) {
                long start = System.nanoTime();
                List<Future<double[]>> tests = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    tests.add(threads.submit(() -> takeInTurn(databases, WaitFigures::query, 1)));
                }
                for (Future<double[]> test : tests) {
                    test.get();
                }
                millis[run] = (System.nanoTime() - start) / 1e6 / AT_ONCE;
            }
        } finally {
            threads.shutdownNow();
        }
        return millis;
    }
}
