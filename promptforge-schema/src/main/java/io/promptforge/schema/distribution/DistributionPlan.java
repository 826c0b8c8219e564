package io.promptforge.schema.distribution;

import java.time.Duration;
import java.util.List;

/**
 * What {@link Distribution#apply} would do.
 *
 * @param schema the name of the schema
 * @param workers how many workers of the cluster hold rows
 * @param tables all tables of the schema, each behind those that its foreign keys refer to
 * @param keys what is unique over the platform and is not refused by the database any more once its table is distributed
 * @param obstacles why it would be refused; empty if it would not
 */
public record DistributionPlan(
        String schema, int workers, List<TablePlan> tables, List<String> keys, List<Obstacle> obstacles) {
    /** What was measured with spans on a machine that has all nodes; a cluster of several is faster. */
    private static final long ROWS_PER_SECOND = 10_000;

    private static final long MILLIS_PER_TABLE = 100;

    /** Copies the lists. */
    public DistributionPlan {
        tables = List.copyOf(tables);
        keys = List.copyOf(keys);
        obstacles = List.copyOf(obstacles);
    }

    /** The tables that would be distributed. */
    public List<TablePlan> pending() {
        return tables.stream().filter(TablePlan::pending).toList();
    }

    /** How many rows would be copied, an estimate of the server. */
    public long rows() {
        return pending().stream().mapToLong(TablePlan::rows).sum();
    }

    /** The size of the tables that would be copied, with their indexes. They are there twice until the end. */
    public long bytes() {
        return pending().stream().mapToLong(TablePlan::bytes).sum();
    }

    /** About how long the tables would be locked. The hardware can make it several times shorter or longer. */
    public Duration duration() {
        return Duration.ofMillis(rows() * 1_000 / ROWS_PER_SECOND + pending().size() * MILLIS_PER_TABLE);
    }
}
