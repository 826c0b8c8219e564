package io.promptforge.dao.maintenance;

import io.promptforge.dao.internal.session.Session;
import java.util.function.Consumer;

/**
 * What a scheduler of the host's should do once a day, or more often. Any number of replicas may: one does the work, and
 * the others are told so at once.
 *
 * <p>A run makes the monthly partitions of spans, from last month's to that of three months ahead, and moves spans into
 * them that had none. Then it removes the traces of all organizations that are kept no longer: by the days of their
 * project ({@link io.promptforge.dao.project.Project#traceRetentionDays}), else of their organization, counted in 24 hours
 * from the start of the trace; without either they are kept for ever. A trace stays while a result of an evaluation refers
 * to it, or a violation that is open or acknowledged, which both wait for somebody; a violation that is resolved or was a
 * false positive only loses the reference, as when a trace is deleted.
 *
 * <p>Where a whole month has nothing that must stay, its spans go at once with their partition; the present month's and
 * later ones do not. All others go in batches of 2,000 traces. Each batch and each partition is a transaction, so whatever
 * ends a run, also the death of its connection, the next one goes on from there. Between a partition and its traces it may
 * happen that a trace is seen without its spans: one that is kept no longer, and goes with the next run unless it was
 * meanwhile decided to keep it.
 *
 * <p>Memory does not grow with the number of traces, neither here nor on the server. Writers and readers wait for half a
 * second at most, when a partition is made or dropped; what stays in use for longer is left for the next run, and told. The
 * exception is a default partition with a great many spans: those of a month move together, and writers of traces wait.
 *
 * <p>For the owner of the tables: the role that migrates. It runs on one connection, which it keeps until it returns, and in
 * transactions of its own. Not through a pooler that shares connections by transaction: one replica at a time is ensured by
 * a lock of the session's. Thread-safe.
 */
public interface Maintenance {
    /** For the library's own use: the maintenance over a session. */
    static Maintenance over(Session session) {
        return new JooqMaintenance(session);
    }

    /** See {@link #run(MaintenanceSettings, Consumer)}: all there is to do, now. */
    default MaintenanceReport run() {
        return run(MaintenanceSettings.defaults(), progress -> {});
    }

    /**
     * Does what there is to do, or as much as there is time for.
     *
     * @param settings until when, and what time it is
     * @param progress gets what was done so far after each step, in the calling thread; what it throws ends the run, and
     *     comes out
     * @return what was done
     * @throws io.promptforge.dao.error.AccessDeniedException if the role does not own the tables
     * @throws io.promptforge.dao.error.PromptForgeException inside a transaction
     * @throws io.promptforge.dao.error.RetryableException if the connection is lost, or a batch loses against others again
     *     and again; what was done until then stays done
     */
    MaintenanceReport run(MaintenanceSettings settings, Consumer<MaintenanceReport> progress);
}
