package io.promptforge.benchmarks;

import io.promptforge.benchmarks.FirstQuery.Way;
import java.util.List;
import java.util.Map;

/**
 * How long a fresh JVM takes from the start of its process to the answer of its first query. All take turns.
 *
 * @param jars what it has on its class path
 * @param runs how often
 */
record StartFigures(JarClassPath jars, int runs) {
    List<TestKitFigure> measure() throws Exception {
        double[] alone = new double[runs];
        double[] cached = new double[runs];
        double[] changed = new double[runs];
        double[] zonky = new double[runs];
        // The first start unpacks the binaries and fills the cache.
        start(jars.asItIs(), Way.TEST_KIT);
        start(jars.asItIs(), Way.ZONKY);
        for (int run = 0; run < runs; run++) {
            alone[run] = start(jars.asItIs(), Way.NONE);
            cached[run] = start(jars.asItIs(), Way.TEST_KIT);
            changed[run] = start(jars.withChangedMigration(), Way.TEST_KIT);
            zonky[run] = start(jars.asItIs(), Way.ZONKY);
        }
        return List.of(
                TestKitFigure.beside("A JVM alone", alone),
                TestKitFigure.promised("Fresh JVM to its first query on a migrated database, cache warm", 450, cached),
                TestKitFigure.promised("The same after a migration was changed", 1_500, changed),
                TestKitFigure.beside(
                        "The same on an empty database of io.zonky.test's launcher, binaries unpacked", zonky));
    }

    private static double start(String classPath, Way way) throws Exception {
        try (FreshJvm jvm = FreshJvm.start(classPath, way, Map.of())) {
            return jvm.millis();
        }
    }
}
