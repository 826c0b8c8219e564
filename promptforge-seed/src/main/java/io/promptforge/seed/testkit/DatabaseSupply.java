package io.promptforge.seed.testkit;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Hands out databases of one chain. A few are cloned ahead, so that tests do not wait. When none is ready, the first thread waits
 * for the one that is being cloned, and each further thread clones one itself, because the server clones several at once; from
 * then on more are cloned ahead. Thread-safe.
 */
final class DatabaseSupply {
    /** How many are cloned ahead at first: enough for tests that run one after another. */
    static final int FIRST_AHEAD = 2;

    /** How many are cloned ahead at most: each takes 10 MB and 15 ms of CPU time. */
    static final int MOST_AHEAD = 16;

    private final DatabaseServer server;
    private final OpenConnections connections;
    private final DatabaseReclaimer reclaimer;
    private final ConcurrentMap<String, String> owners = new ConcurrentHashMap<>();
    private final Executor cloning = DaemonThreads.thread("clone");
    private final Deque<String> ready = new ArrayDeque<>();
    private int ahead;
    private int coming;
    private boolean awaited;

    DatabaseSupply(DatabaseServer server) {
        this.server = server;
        this.connections = new OpenConnections(server.maintenance());
        this.reclaimer = new DatabaseReclaimer(server, connections, this::addReady);
    }

    DatabaseServer server() {
        return server;
    }

    DatabaseReclaimer reclaimer() {
        return reclaimer;
    }

    OpenConnections connections() {
        return connections;
    }

    /**
     * Hands out a database that is as it was cloned; returns its name.
     *
     * @param owner the name of the test that uses it, for messages
     */
    String take(String owner) {
        @Nullable String prepared = next();
        String name = prepared == null ? newDatabase() : prepared;
        owners.put(name, owner);
        refill();
        return name;
    }

    /** Takes a database back; returns at once. */
    void giveBack(String name, boolean kept) {
        reclaimer.reclaim(name, Objects.requireNonNullElse(owners.remove(name), name), kept);
    }

    /** The databases with the most connections, with their owners, one a line. */
    List<String> holders() {
        try {
            return connections.holders().stream().map(this::withOwner).toList();
        } catch (SQLException unavailable) {
            return List.of("unknown, because there is none left to ask with");
        }
    }

    private String withOwner(String line) {
        return Optional.ofNullable(owners.get(line.substring(line.lastIndexOf(' ') + 1)))
                .map(owner -> line + " of " + owner)
                .orElse(line);
    }

    /** How many are ready to be handed out. */
    synchronized int ready() {
        return ready.size();
    }

    private synchronized @Nullable String next() {
        if (ready.isEmpty()) {
            ahead = Math.min(MOST_AHEAD, Math.max(FIRST_AHEAD, ahead * 2));
            awaitComing();
        }
        return ready.poll();
    }

    /** Another clone at the same time would make both slower, and end later. */
    private synchronized void awaitComing() {
        if (awaited) {
            return;
        }
        awaited = true;
        try {
            while (ready.isEmpty() && coming > 0) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            awaited = false;
        }
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
                notifyAll();
            } else {
                addReady(name);
            }
        }
    }

    private synchronized void addReady(String name) {
        ready.add(name);
        notifyAll();
    }
}
