package io.promptforge.benchmarks;

import io.promptforge.seed.fixture.Fixture;
import io.promptforge.seed.fixture.Fixtures;
import io.promptforge.seed.testkit.TestDatabase;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * How long fixtures take that store many rows at once.
 *
 * @param runs how often, each in a database of its own
 * @param rows how many rows
 */
record FixtureFigures(int runs, int rows) {
    /** Of every builder that {@link Fixtures} has. */
    List<TestKitFigure> measure() {
        return Arrays.stream(Fixtures.class.getMethods())
                .filter(builder -> Fixture.class.isAssignableFrom(builder.getReturnType()))
                .sorted(Comparator.comparing(Method::getName))
                .map(builder -> figure(builder.getName(), fixtures -> call(builder, fixtures)))
                .toList();
    }

    private static Fixture<?> call(Method builder, Fixtures fixtures) {
        try {
            return (Fixture<?>) builder.invoke(fixtures);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
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
        return TestKitFigure.promised(Markdown.number(rows) + " by one call of the builder " + what, 5_000, millis);
    }
}
