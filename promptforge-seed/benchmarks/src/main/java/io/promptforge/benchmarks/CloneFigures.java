package io.promptforge.benchmarks;

import io.promptforge.postgres.EmbeddedPostgres;
import io.promptforge.schema.Migrations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The time that a clone of the migrated template takes if none was made ahead.
 *
 * @param runs a fifth of the clones
 * @param memory a folder there
 * @param disk a folder there
 */
record CloneFigures(int runs, Path memory, Path disk) {
    private static final String TEMPLATE = "template_of_clones";

    List<TestKitFigure> measure() throws IOException {
        List<TestKitFigure> figures = new ArrayList<>();
        try (TemporaryFolder folder = TemporaryFolder.in(memory);
                EmbeddedPostgres server = start(folder)) {
            // As the kit does there; on a disk it drops none.
            figures.add(TestKitFigure.promised(
                    "Clone that was not made ahead, in memory", 20, clones(server, server::dropDatabase)));
            figures.add(
                    TestKitFigure.beside("A new database migrated by Flyway instead, in memory", migrations(server)));
        }
        try (TemporaryFolder folder = TemporaryFolder.in(disk);
                EmbeddedPostgres server = start(folder)) {
            figures.add(
                    TestKitFigure.promised("Clone that was not made ahead, on a disk", 40, clones(server, name -> {})));
        }
        return figures;
    }

    private static EmbeddedPostgres start(TemporaryFolder folder) {
        return EmbeddedPostgres.builder()
                .dataRoot(folder.path())
                .prepared("benchmark of clones", server -> {
                    server.createDatabase(TEMPLATE);
                    Migrations.apply(server.dataSource(TEMPLATE));
                    server.freezeTemplate(TEMPLATE);
                })
                .start();
    }

    /** Clones the template; {@code after} gets the name of each clone, and is not measured. */
    private double[] clones(EmbeddedPostgres server, Consumer<String> after) {
        double[] millis = new double[5 * runs];
        // The first ones open the connection and load the classes.
        for (int i = -5; i < millis.length; i++) {
            long start = System.nanoTime();
            String name = "clone_" + (i + 5);
            server.cloneDatabase(TEMPLATE, name);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
            after.accept(name);
        }
        return millis;
    }

    private double[] migrations(EmbeddedPostgres server) {
        double[] millis = new double[runs];
        for (int i = -2; i < runs; i++) {
            long start = System.nanoTime();
            String name = "migrated_" + (i + 2);
            server.createDatabase(name);
            Migrations.apply(server.dataSource(name));
            if (i >= 0) {
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        return millis;
    }
}
