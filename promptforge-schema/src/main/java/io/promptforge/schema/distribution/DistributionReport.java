package io.promptforge.schema.distribution;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was distributed or brought back.
 *
 * @param schema the name of the schema
 * @param tables the number of rows of each table that was moved; empty if there was nothing to do
 * @param elapsed how long it took
 */
public record DistributionReport(String schema, SortedMap<String, Long> tables, Duration elapsed) {

    /** Copies the map. */
    public DistributionReport {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }

    /** The number of rows in all tables that were moved. */
    public long rows() {
        return tables.values().stream().mapToLong(Long::longValue).sum();
    }
}
