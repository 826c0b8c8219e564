package io.promptforge.dao.maintenance;

import java.time.Duration;
import java.time.YearMonth;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run of the maintenance did.
 *
 * @param outcome whether the work was finished
 * @param partitionsCreated the names of the partitions of spans that were created, oldest first
 * @param partitionsDropped the names of the partitions that were dropped, oldest first
 * @param partitionsInUse the names of the partitions that could not be created or dropped because tables stayed locked; the next run
 *     tries again, and expired spans of these partitions were deleted in batches
 * @param spansWithoutPartition the number of spans in the default partition whose partition could not be created, by the month
 *     (UTC) of their start; without those that start more than 10 years ago or 3 months ahead, by a wrong clock, which stay there
 *     until their trace expires
 * @param tracesDeleted the number of deleted traces
 * @param spansDeleted the number of deleted spans, including those of dropped partitions
 * @param elapsed the duration of the run
 */
public record MaintenanceReport(
        MaintenanceOutcome outcome,
        List<String> partitionsCreated,
        List<String> partitionsDropped,
        List<String> partitionsInUse,
        SortedMap<YearMonth, Long> spansWithoutPartition,
        long tracesDeleted,
        long spansDeleted,
        Duration elapsed) {
    /** Copies the lists. */
    public MaintenanceReport {
        partitionsCreated = List.copyOf(partitionsCreated);
        partitionsDropped = List.copyOf(partitionsDropped);
        partitionsInUse = List.copyOf(partitionsInUse);
        spansWithoutPartition = Collections.unmodifiableSortedMap(new TreeMap<>(spansWithoutPartition));
    }
}
