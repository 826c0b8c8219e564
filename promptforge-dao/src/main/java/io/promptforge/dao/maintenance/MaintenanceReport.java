package io.promptforge.dao.maintenance;

import java.time.Duration;
import java.time.YearMonth;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run of the maintenance has done.
 *
 * @param outcome how far it came
 * @param partitionsCreated the partitions of spans that were made, oldest first
 * @param partitionsDropped those that were dropped, oldest first
 * @param partitionsInUse those that could not be made or dropped because tables stayed locked; the next run tries again,
 *     and spans that should have gone with their partition went in batches
 * @param spansWithoutPartition how many spans lie in the default partition, by the month (UTC) of their start: those of
 *     clocks that are wrong by years, which stay there, and those that the partitions in use keep there
 * @param tracesDeleted the traces that were deleted
 * @param spansDeleted the spans that were deleted, those of dropped partitions among them
 * @param elapsed how long it took
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
