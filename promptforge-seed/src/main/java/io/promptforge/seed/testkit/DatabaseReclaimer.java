package io.promptforge.seed.testkit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Takes back databases after use: reports and ends connections that were left open, then discards the database, unless its test only
 * read. Runs on two background threads, one for looking and one for dropping, because dropping takes longer and must not delay reports.
 */
final class DatabaseReclaimer {
    /**
     * A server takes a moment to notice that a connection was closed. Open connections are therefore looked for again
     * after pauses of 5, 10, 20 … 160 milliseconds, 315 in all, before they are reported.
     */
    private static final long FIRST_PAUSE_MILLIS = 5;

    private static final long LAST_PAUSE_MILLIS = 160;

    /** How long the two {@code await} methods wait at most. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** How many databases may wait to be dropped; in memory each takes 10 MB. */
    static final int MOST_WAITING = 16;

    private final DatabaseServer server;
    private final OpenConnections connections;
    private final Consumer<String> unchanged;
    private final ScheduledExecutorService looking = DaemonThreads.scheduler("look");
    private final Executor dropping = DaemonThreads.thread("drop");
    private Set<String> shared = Set.of();
    private int unchecked;
    private int undropped;

    /**
     * Takes databases back.
     *
     * @param unchanged gets the new name of each that can be used again
     */
    DatabaseReclaimer(DatabaseServer server, OpenConnections connections, Consumer<String> unchanged) {
        this.server = server;
        this.connections = connections;
        this.unchanged = unchanged;
        looking.execute(() -> shared = server.sharedContent().orElse(Set.of()));
    }

    /**
     * Takes back a database; returns at once.
     *
     * @param owner the name of the test that used it, for the report
     * @param kept whether the database stays
     */
    void reclaim(String database, String owner, boolean kept) {
        count(1, kept ? 0 : 1);
        looking.execute(() -> look(database, owner, kept, FIRST_PAUSE_MILLIS));
    }

    private void look(String database, String owner, boolean kept, long pause) {
        Optional<String> open = find(database);
        if (open.isPresent() && pause <= LAST_PAUSE_MILLIS) {
            Future<?> unused = looking.schedule(() -> look(database, owner, kept, 2 * pause), pause, MILLISECONDS);
            return;
        }
        open.ifPresent(found -> end(database, owner, found));
        finish(database, owner, kept, open.isEmpty());
    }

    /** A discarded database may stay for a while, and its connections would be missing elsewhere. */
    private void end(String database, String owner, String found) {
        log().log(
                        Level.WARNING,
                        owner + " left connections to its test database open: " + found
                                + ". They are ended. Close them, for example with try-with-resources.");
        try {
            connections.end(database);
        } catch (SQLException unavailable) {
            log().log(Level.DEBUG, "The connections to " + database + " could not be ended", unavailable);
        }
    }

    /** Waits until all databases taken back so far were checked for open connections, for 5 seconds at most. */
    void awaitReports() {
        await(() -> unchecked == 0);
    }

    /**
     * Waits while {@value #MOST_WAITING} or more databases wait to be dropped, for 5 seconds at most. Dropping is usually
     * faster than cloning, except where connections were left open, or where the server syncs files to a disk.
     */
    void awaitRoom() {
        await(() -> undropped < MOST_WAITING);
    }

    /**
     * The JDK's logger, which prints warnings without configuration; SLF4J without a provider would drop them. Looked up
     * late, because initialising it takes a tenth of a short run.
     */
    private static System.Logger log() {
        return System.getLogger(DatabaseReclaimer.class.getPackageName());
    }

    private synchronized void await(BooleanSupplier reached) {
        long end = System.nanoTime() + LIMIT.toNanos();
        try {
            for (long left = LIMIT.toNanos(); !reached.getAsBoolean() && left > 0; left = end - System.nanoTime()) {
                NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void count(int changeOfUnchecked, int changeOfUndropped) {
        unchecked += changeOfUnchecked;
        undropped += changeOfUndropped;
        notifyAll();
    }

    private Optional<String> find(String database) {
        try {
            return connections.to(database);
        } catch (SQLException unavailable) {
            return Optional.empty();
        }
    }

    private void finish(String database, String owner, boolean kept, boolean wasClosed) {
        Optional<String> renewed = kept || !wasClosed ? Optional.empty() : server.renew(database);
        if (renewed.isPresent()) {
            count(0, -1);
            unchanged.accept(renewed.get());
        } else {
            reportShared(owner);
            if (!kept) {
                dropping.execute(() -> discard(database));
            }
        }
        count(-1, 0);
    }

    /** Each test has its own database, but all have one server. */
    private void reportShared(String owner) {
        Set<String> present = server.sharedContent().orElse(shared);
        Set<String> added = new TreeSet<>(present);
        added.removeAll(shared);
        shared = present;
        if (!added.isEmpty()) {
            log().log(
                            Level.WARNING,
                            owner
                                    + ", or a test that ran at the same time, left something on the server, which all tests share: "
                                    + String.join("; ", added)
                                    + ". Undo it at the end of the test, name roles after TestDatabase.name(), or create them in a"
                                    + " template.");
        }
    }

    private void discard(String database) {
        try {
            server.discard(database);
        } catch (RuntimeException notDropped) {
            log().log(Level.DEBUG, "The test database " + database + " could not be dropped", notDropped);
        } finally {
            count(0, -1);
        }
    }
}
