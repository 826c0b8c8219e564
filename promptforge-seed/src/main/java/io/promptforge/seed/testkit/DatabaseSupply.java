package io.promptforge.seed.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Hands out databases of one chain. A few are cloned ahead, so that tests do not wait. When none is ready, the calling
 * thread clones one itself, which is as fast as waiting because the server clones several at once; from then on more are
 * cloned ahead. Thread-safe.
 */
final class DatabaseSupply {
    /** How many are cloned ahead at first: enough for tests that run one after another. */
    static final int FIRST_AHEAD = 2;

    /** How many are cloned ahead at most: each takes 10 MB and 15 ms of CPU time. */
    static final int MOST_AHEAD = 16;

    private final DatabaseServer server;
    private final DatabaseReclaimer reclaimer;
    private final Executor cloning = DaemonThreads.thread("clone");
    private final Deque<String> ready = new ArrayDeque<>();
    private int ahead;
    private int coming;

    DatabaseSupply(DatabaseServer server) {
        this.server = server;
        this.reclaimer = new DatabaseReclaimer(server);
    }

    DatabaseServer server() {
        return server;
    }

    DatabaseReclaimer reclaimer() {
        return reclaimer;
    }

    /** Hands out a database that was never used before; returns its name. */
    String take() {
        @Nullable String prepared = next();
        String name = prepared == null ? newDatabase() : prepared;
        refill();
        return name;
    }

    /** How many are ready to be handed out. */
    synchronized int ready() {
        return ready.size();
    }

    private synchronized @Nullable String next() {
        @Nullable String prepared = ready.poll();
        if (prepared == null) {
            ahead = Math.min(MOST_AHEAD, Math.max(FIRST_AHEAD, ahead * 2));
        }
        return prepared;
    }

    private synchronized void refill() {
        while (ready.size() + coming < ahead) {
            coming++;
            cloning.execute(this::cloneAhead);
        }
    }

    /** Waits while too many databases are still to be dropped, because they would fill the memory. */
    private String newDatabase() {
        reclaimer.awaitRoom();
        return server.newDatabase();
    }

    private void cloneAhead() {
        @Nullable String name = null;
        try {
            name = newDatabase();
        } catch (RuntimeException unavailable) {
            // The next call of take() clones on its own thread, and throws if that fails too.
        }
        synchronized (this) {
            coming--;
            if (name == null) {
                ahead = 0;
            } else {
                ready.add(name);
            }
        }
    }
}
