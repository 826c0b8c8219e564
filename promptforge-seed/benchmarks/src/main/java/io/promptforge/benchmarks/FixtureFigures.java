package io.promptforge.benchmarks;

import io.promptforge.seed.fixture.Fixture;
import io.promptforge.seed.fixture.Fixtures;
import io.promptforge.seed.testkit.TestDatabase;
import java.util.List;
import java.util.function.Function;

/**
 * How long fixtures take that store many rows at once.
 *
 * @param runs how often, each in a database of its own
 * @param rows how many rows
 */
record FixtureFigures(int runs, int rows) {
    List<TestKitFigure> measure() {
        return List.of(
                figure("traces with their spans", Fixtures::trace),
                figure("spans of a trace", Fixtures::span),
                figure("results of an evaluation", Fixtures::evaluationResult),
                figure("violations of a policy", Fixtures::violation));
    }

    private TestKitFigure figure(String what, Function<Fixtures, Fixture<?>> builder) {
        double[] millis = new double[runs];
        for (int run = 0; run < runs; run++) {
            try (TestDatabase database = TestDatabase.create()) {
                Fixture<?> fixture = builder.apply(database.fixtures());
                fixture.create();
                long start = System.nanoTime();
                fixture.create(rows);
                millis[run] = (System.nanoTime() - start) / 1e6;
            }
        }
        return TestKitFigure.promised(Markdown.number(rows) + " " + what + " by one call of a fixture", 5_000, millis);
    }
}
