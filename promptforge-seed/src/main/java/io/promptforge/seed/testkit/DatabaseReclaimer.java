package io.promptforge.seed.testkit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;

/**
 * Takes databases back, behind the tests: looks for connections that were left open, says whose they are, and then lets
 * the server have the database. That is another thread's, because it takes longer, and nobody waits for it.
 */
final class DatabaseReclaimer {
    /**
     * A server takes a moment to notice that a connection was closed. It is asked again after so long, then after twice as
     * long, and so on: 315 milliseconds in all.
     */
    private static final long FIRST_PAUSE_MILLIS = 5;

    private static final long LAST_PAUSE_MILLIS = 160;

    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** In memory each takes 10 MB, beside those that are ready, left alone or in use. */
    static final int MOST_WAITING = 16;

    private final DatabaseServer server;
    private final OpenConnections connections;
    private final ScheduledExecutorService looking = DaemonThreads.clock("look");
    private final Executor dropping = DaemonThreads.thread("drop");
    private int unseen;
    private int undropped;

    DatabaseReclaimer(DatabaseServer server) {
        this.server = server;
        this.connections = new OpenConnections(server.maintenance());
    }

    /** @param owner whose database it was, for the report */
    void giveBack(String database, String owner, boolean kept) {
        count(1, kept ? 0 : 1);
        looking.execute(() -> look(database, owner, kept, FIRST_PAUSE_MILLIS));
    }

    private void look(String database, String owner, boolean kept, long pause) {
        Optional<String> open = find(database);
        if (open.isPresent() && pause <= LAST_PAUSE_MILLIS) {
            Future<?> unused = looking.schedule(() -> look(database, owner, kept, 2 * pause), pause, MILLISECONDS);
            return;
        }
        open.ifPresent(
                found -> log().log(Level.WARNING, owner + " has left connections to its test database open: " + found));
        finish(database, kept);
    }

    /** Waits until all that were given back have been looked at, for 5 seconds at most. */
    void awaitReports() {
        await(() -> unseen == 0);
    }

    /**
     * Waits while more than a few are still to be dropped, for 5 seconds at most. Dropping is mostly faster than cloning,
     * but not where connections are left open, or where each file has to reach a disk.
     */
    void awaitRoom() {
        await(() -> undropped < MOST_WAITING);
    }

    /**
     * The JDK's own, which is seen without configuration; SLF4J without a provider would swallow these. Most runs have
     * nothing to say, and its start takes a tenth of theirs.
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

    private synchronized void count(int changeOfUnseen, int changeOfUndropped) {
        unseen += changeOfUnseen;
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

    private void finish(String database, boolean kept) {
        if (!kept) {
            dropping.execute(() -> discard(database));
        }
        count(-1, 0);
    }

    private void discard(String database) {
        try {
            server.discard(database);
        } catch (RuntimeException notDropped) {
            log().log(Level.DEBUG, "Test database " + database + " stays", notDropped);
        } finally {
            count(0, -1);
        }
    }
}
