package io.promptforge.schema.distribution;

import io.promptforge.schema.distribution.DistributionException.Reason;
import io.promptforge.schema.internal.ScriptSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** One call of {@link Distribution}. */
final class DistributionRun {
    private final DataSource dataSource;
    private final String schema;
    private final OptionalInt shards;
    private final Consumer<DistributionProgress> listener;
    private final long start = System.nanoTime();

    DistributionRun(DataSource dataSource, String schema, OptionalInt shards, Consumer<DistributionProgress> listener) {
        this.dataSource = dataSource;
        this.schema = schema;
        this.shards = shards;
        this.listener = listener;
    }

    DistributionPlan plan() {
        return transaction(connection -> {
            Cluster cluster = Cluster.of(connection, schema);
            SchemaContents contents = contents(connection, cluster);
            Conversion conversion = new Conversion(contents, shards);
            Set<String> altered = conversion.altered();
            List<TablePlan> tables = contents.tables().stream()
                    .map(table -> new TablePlan(
                            table.name(),
                            table.column(),
                            table.distributed(),
                            table.pending()
                                    ? Optional.of(altered.contains(table.name()) ? "ACCESS EXCLUSIVE" : "EXCLUSIVE")
                                    : Optional.empty(),
                            table.rows(),
                            table.bytes()))
                    .toList();
            List<String> keys =
                    conversion.keys().stream().map(PlatformKey::name).toList();
            return new DistributionPlan(schema, cluster.workers(), tables, keys, obstacles(cluster, contents));
        });
    }

    String script() {
        return transaction(connection -> {
            Cluster cluster = Cluster.of(connection, schema);
            Conversion conversion = new Conversion(contents(connection, cluster), shards);
            StringBuilder script = new StringBuilder("""
                    -- Distributes the tables of PromptForge's schema. Run it by psql as the owner of the tables, on the coordinator.
                    \\set ON_ERROR_STOP on
                    BEGIN;
                    SET LOCAL search_path TO "%s";
                    """.formatted(schema));
            ScriptSettings.CITUS.forEach(setting -> script.append(setting).append(";\n"));
            conversion.locks().forEach(step -> script.append(step.sql()).append(";\n"));
            conversion.distribute().forEach(step -> script.append(step.sql()).append(";\n"));
            script.append("COMMIT;\n\n-- frees the room of the rows that were copied\nBEGIN;\n")
                    .append("SET LOCAL search_path TO \"%s\";\n".formatted(schema));
            ScriptSettings.CITUS.forEach(setting -> script.append(setting).append(";\n"));
            script.append(conversion.lockToFree().sql()).append(";\n");
            conversion.free().forEach(step -> script.append(step.sql()).append(";\n"));
            return script.append("COMMIT;\n").toString();
        });
    }

    DistributionReport apply() {
        DistributionReport report = distribute();
        free();
        return report;
    }

    private DistributionReport distribute() {
        return transaction(connection -> {
            Cluster cluster = Cluster.of(connection, schema);
            SchemaContents contents = contents(connection, cluster);
            refuse(obstacles(cluster, contents));
            List<TenantTable> pending =
                    contents.tables().stream().filter(TenantTable::pending).toList();
            if (pending.isEmpty()) {
                return report(new TreeMap<>());
            }
            Conversion conversion = new Conversion(contents, shards);
            set(connection);
            TableLocks.take(connection, conversion.locks());
            return move(connection, pending, conversion.distribute());
        });
    }

    /**
     * In a transaction of its own, because it locks the tables against reads too: the one that distributes them lets services read, and
     * would wait without end for a service that has read a table and waits to write it.
     */
    private void free() {
        try {
            transaction(connection -> {
                if (SchemaContents.hasRemains(connection)) {
                    Conversion conversion = new Conversion(SchemaContents.read(connection, true), shards);
                    set(connection);
                    TableLocks.take(connection, List.of(conversion.lockToFree()));
                    for (Step step : conversion.free()) {
                        execute(connection, step.sql());
                    }
                }
                return true;
            });
        } catch (DistributionException e) {
            throw new DistributionException(
                    e.reason(),
                    "All tables are distributed, but their old rows still take room on the coordinator",
                    "Distribute again when there is less traffic, which only frees the room; see the cause",
                    e);
        }
    }

    DistributionReport undo() {
        return transaction(connection -> {
            Cluster cluster = Cluster.of(connection, schema);
            SchemaContents contents = contents(connection, cluster);
            List<TenantTable> distributed =
                    contents.tables().stream().filter(TenantTable::distributed).toList();
            if (distributed.isEmpty()) {
                return report(new TreeMap<>());
            }
            refuse(cluster.obstacles());
            set(connection);
            // against reads too, as it does when it brings them back: no lock is upgraded
            TableLocks.take(
                    connection,
                    List.of(Step.of(
                            "Locking", "LOCK TABLE " + Conversion.names(distributed) + " IN ACCESS EXCLUSIVE MODE")));
            List<Step> steps = new Conversion(contents, shards)
                    .bringBack(SchemaContents.demotedKeys(connection), Losses.read(connection));
            return move(connection, distributed, steps);
        });
    }

    private DistributionReport move(Connection connection, List<TenantTable> tables, List<Step> steps)
            throws SQLException {
        SortedMap<String, Long> before = counts(connection, tables);
        long total = before.values().stream().mapToLong(Long::longValue).sum();
        long rows = 0;
        String shown = "";
        for (Step step : steps) {
            if (!step.name().equals(shown)) {
                listener.accept(new DistributionProgress(step.name(), rows, total, elapsed()));
                shown = step.name();
            }
            execute(connection, step.sql());
            rows += before.getOrDefault(step.table(), 0L);
        }
        listener.accept(new DistributionProgress("Verifying", rows, total, elapsed()));
        SortedMap<String, Long> after = counts(connection, tables);
        if (!after.equals(before)) {
            throw new DistributionException(
                    Reason.NOT_VERIFIED,
                    "The tables have other numbers of rows than before: " + before + " before, " + after
                            + " afterwards",
                    "Report it; nothing was changed");
        }
        return report(before);
    }

    private SortedMap<String, Long> counts(Connection connection, List<TenantTable> tables) throws SQLException {
        SortedMap<String, Long> counts = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            for (TenantTable table : tables) {
                try (ResultSet count = statement.executeQuery("SELECT count(*) FROM " + table.name())) {
                    count.next();
                    counts.put(table.name(), count.getLong(1));
                }
            }
        }
        return counts;
    }

    private DistributionReport report(SortedMap<String, Long> rows) {
        return new DistributionReport(schema, rows, elapsed());
    }

    private static SchemaContents contents(Connection connection, Cluster cluster) throws SQLException {
        return SchemaContents.read(connection, cluster.hasExtension());
    }

    private static List<Obstacle> obstacles(Cluster cluster, SchemaContents contents) {
        List<Obstacle> all = new ArrayList<>(cluster.obstacles());
        contents.unsuitable()
                .forEach(problem -> all.add(new Obstacle(
                        Reason.UNSUITABLE, problem, "Change it by a migration; the rules of the schema say how")));
        return all;
    }

    private static void refuse(List<Obstacle> obstacles) {
        obstacles.stream().findFirst().ifPresent(obstacle -> {
            throw DistributionException.of(obstacle);
        });
    }

    private static void set(Connection connection) throws SQLException {
        for (String setting : ScriptSettings.CITUS) {
            execute(connection, setting);
        }
    }

    private <T> T transaction(DistributionTransaction.Work<T> work) {
        return DistributionTransaction.run(dataSource, schema, work);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
