package io.promptforge.seed.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Hands out databases of one chain, and has a few of them cloned ahead, so that a test does not wait. Who finds none
 * ready clones one for itself: the server clones several at once, so that is as fast as waiting; and more are held ready
 * from then on.
 */
final class DatabaseSupply {
    /** Enough for tests that run one after the other. */
    static final int FIRST_AHEAD = 2;

    /** Each takes 10 MB and 15 ms of the machine, which the tests need too. */
    static final int MOST_AHEAD = 16;

    private final DatabaseServer server;
    private final DatabaseReclaimer returns;
    private final Executor cloning = DaemonThreads.thread("clone");
    private final Deque<String> ready = new ArrayDeque<>();
    private int ahead;
    private int coming;

    DatabaseSupply(DatabaseServer server) {
        this.server = server;
        this.returns = new DatabaseReclaimer(server);
    }

    DatabaseServer server() {
        return server;
    }

    DatabaseReclaimer returns() {
        return returns;
    }

    /** A database that nobody had before; returns its name. */
    String take() {
        @Nullable String prepared = next();
        String name = prepared == null ? newDatabase() : prepared;
        refill();
        return name;
    }

    /** How many wait to be taken. */
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

    /** No faster than others are dropped, or they would fill the memory. */
    private String newDatabase() {
        returns.awaitRoom();
        return server.newDatabase();
    }

    private void cloneAhead() {
        @Nullable String name = null;
        try {
            name = newDatabase();
        } catch (RuntimeException unavailable) {
            // Whoever asks next clones for itself, and is told.
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
