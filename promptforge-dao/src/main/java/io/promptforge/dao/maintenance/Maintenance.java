package io.promptforge.dao.maintenance;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The work that a host's scheduler runs once a day or more often. Any number of replicas may run it at once: one does the
 * work, and the others return immediately.
 *
 * <p>A run first creates the monthly partitions of spans, from last month's to the one three months ahead, and moves spans of the
 * default partition into them. Then it deletes the expired traces of all organizations. A trace expires after the days of its
 * project ({@link io.promptforge.dao.project.Project#traceRetentionDays}), else of its organization, each of 24 hours, counted
 * from the start of the trace; without either it never does. Where the start lies more than 24 hours before or after the trace was
 * stored, because a clock was wrong or history was imported, the days count from when it was stored. An expired trace stays while the result of an evaluation or an open or
 * acknowledged violation refers to it; a resolved violation or a false positive loses its reference, as when a trace is deleted.
 *
 * <p>If no trace of a past month must stay, the spans of that month are dropped with their partition. Other spans are deleted
 * with their traces, in batches of 2,000 traces. Each batch and each partition is a transaction of its own, so the next run goes on
 * where one was ended, even by a lost connection. Between the drop of a partition and the deletion of its traces, readers may see
 * an expired trace without its spans; if its retention is prolonged in that moment, it stays without them.
 *
 * <p>A run that has finished its work collects the planner's statistics of spans, by {@code ANALYZE}: PostgreSQL does that by itself for
 * each partition, but not for the table as a whole.
 *
 * <p>Memory does not grow with the number of traces, neither here nor on the server. Readers and writers wait for at most half a
 * second while a partition is created or dropped; a partition that stays locked for longer is reported and left to the next run. The
 * exception is a default partition with a great many spans: the spans of one month move together, and writers of traces wait.
 *
 * <p>Let the role that owns the tables run it, which is the one that migrates. A role that row-level security confines to one
 * organization at a time can run it too, but drops no partitions: it deletes expired traces in batches only. Uses one connection until it returns, with
 * transactions of its own. Does not work through a pooler that shares connections by transaction, because the lock that keeps
 * replicas apart belongs to the connection. Thread-safe.
 */
public interface Maintenance {
    /** Runs all the work that is due now; see {@link #run(MaintenanceSettings, Consumer)}. */
    default MaintenanceReport run() {
        return run(MaintenanceSettings.defaults(), progress -> {});
    }

    /**
     * Runs the work that is due, or as much of it as the time budget allows.
     *
     * @param settings the clock and the time budget
     * @param progress gets a report after each step, in the calling thread; an exception it throws ends the run and comes out
     * @return what was done
     * @throws io.promptforge.dao.error.AccessDeniedException if the role neither owns the tables nor is confined
     * @throws io.promptforge.dao.error.InvalidValueException if an argument is null
     * @throws io.promptforge.dao.error.PromptForgeException inside a transaction
     * @throws io.promptforge.dao.error.RetryableException if the connection is lost, or a batch fails by deadlocks again and
     *     again; what was done until then stays done
     */
    MaintenanceReport run(MaintenanceSettings settings, Consumer<MaintenanceReport> progress);

    /**
     * Deletes the beginning of an organization's audit log for good: the transactions up to the first one that began at {@code before} or later. The
     * rest can still be verified, and an entry of it says what was cut off. Make and keep a digest first. In one transaction, or in the
     * present one.
     *
     * @return the number of the last transaction that was cut off, now or earlier; 0 if there is none
     * @throws io.promptforge.dao.error.AccessDeniedException if the role does not own the tables
     * @throws io.promptforge.dao.error.InvalidValueException if an argument is null
     */
    long cutAuditLog(UUID organizationId, Instant before);
}
