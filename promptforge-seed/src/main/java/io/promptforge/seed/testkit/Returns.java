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

/**
 * Takes databases back, behind the tests: looks for connections that were left open, says whose they are, and then lets
 * the server have the database. That is another thread's, because it takes longer, and nobody waits for it.
 */
final class Returns {
    /** The JDK's own, which is seen without configuration; SLF4J without a provider would swallow these. */
    private static final System.Logger log = System.getLogger(Returns.class.getPackageName());

    /** A server takes a moment to notice that a connection was closed. */
    private static final long PATIENCE_MILLIS = 300;

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Server server;
    private final OpenConnections connections;
    private final ScheduledExecutorService looking = Background.clock("look");
    private final Executor dropping = Background.thread("drop");
    private int pending;

    Returns(Server server) {
        this.server = server;
        this.connections = new OpenConnections(server.maintenance());
    }

    /** @param owner whose database it was, for the report */
    void giveBack(String database, String owner, boolean kept) {
        count(1);
        looking.execute(() -> {
            if (find(database).isEmpty()) {
                finish(database, kept);
            } else {
                Future<?> unused =
                        looking.schedule(() -> reportAndFinish(database, owner, kept), PATIENCE_MILLIS, MILLISECONDS);
            }
        });
    }

    /** Waits until all that were given back have been looked at, for 5 seconds at most. */
    synchronized void await() {
        long end = System.nanoTime() + LIMIT.toNanos();
        try {
            for (long left = LIMIT.toNanos(); pending > 0 && left > 0; left = end - System.nanoTime()) {
                NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void count(int change) {
        pending += change;
        notifyAll();
    }

    private void reportAndFinish(String database, String owner, boolean kept) {
        find(database)
                .ifPresent(open ->
                        log.log(Level.WARNING, owner + " has left connections to its test database open: " + open));
        finish(database, kept);
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
        count(-1);
    }

    private void discard(String database) {
        try {
            server.discard(database);
        } catch (RuntimeException notDropped) {
            log.log(Level.DEBUG, "Test database " + database + " stays", notDropped);
        }
    }
}
