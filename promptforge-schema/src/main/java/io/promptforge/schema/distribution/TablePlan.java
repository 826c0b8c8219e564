package io.promptforge.schema.distribution;

import java.util.Optional;

/**
 * What becomes of a table.
 *
 * @param table its name, without the schema
 * @param column the column whose value decides on which worker a row is; empty if the table stays on the coordinator
 * @param distributed whether it is distributed already
 * @param lock the lock that it is kept under until the end: {@code EXCLUSIVE}, under which it can be read, or {@code ACCESS EXCLUSIVE},
 *     under which it cannot; empty if it is left as it is
 * @param rows how many rows it has, an estimate of the server
 * @param bytes its size with its indexes, on all nodes
 */
public record TablePlan(
        String table, Optional<String> column, boolean distributed, Optional<String> lock, long rows, long bytes) {

    /** Whether applying the plan distributes it. */
    public boolean pending() {
        return lock.isPresent();
    }
}
