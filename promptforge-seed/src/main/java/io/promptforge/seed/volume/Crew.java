package io.promptforge.seed.volume;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Threads that process numbered chunks, each thread with its own connection and one transaction per chunk. The first failure,
 * or an interrupt of the caller, stops all of them after their current chunk.
 */
final class Crew {
    /** Processes a chunk; called by several threads. */
    interface Work {
        void on(Connection connection, long chunk) throws SQLException;
    }

    /** Runs once. */
    interface Errand {
        void on(Connection connection) throws SQLException;
    }

    private final DataSource dataSource;
    private final long end;
    private final Work work;
    private final AtomicLong next;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private Crew(DataSource dataSource, long first, long end, Work work) {
        this.dataSource = dataSource;
        this.next = new AtomicLong(first);
        this.end = end;
        this.work = work;
    }

    /** Processes the chunks from {@code first} to before {@code end}. Throws the first failure. */
    static void run(DataSource dataSource, int threads, long first, long end, Work work) throws SQLException {
        Crew crew = new Crew(dataSource, first, end, work);
        CompletableFuture<?>[] members = IntStream.range(0, (int) Math.min(threads, end - first))
                .mapToObj(number -> CompletableFuture.runAsync(crew::member, Crew::start))
                .toArray(CompletableFuture[]::new);
        crew.await(CompletableFuture.allOf(members));
        crew.rethrow();
    }

    /** Runs an errand in a transaction. */
    static void run(DataSource dataSource, Errand errand) throws SQLException {
        run(dataSource, 1, 0, 1, (connection, chunk) -> errand.on(connection));
    }

    private static void start(Runnable member) {
        Thread thread = new Thread(member, "promptforge-volume");
        thread.setDaemon(true);
        thread.start();
    }

    private void member() {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            for (long chunk = take(); chunk < end; chunk = take()) {
                work.on(connection, chunk);
                connection.commit();
            }
            connection.setAutoCommit(autoCommit);
        } catch (Throwable e) {
            fail(e);
        }
    }

    private long take() {
        return failure.get() != null ? end : next.getAndIncrement();
    }

    private void await(CompletableFuture<Void> members) {
        try {
            members.get();
        } catch (InterruptedException e) {
            fail(new VolumeDataException("The load was interrupted; the same load, called again, continues.", e));
            members.join();
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a member throws nothing", e);
        }
    }

    private void fail(Throwable reason) {
        if (!failure.compareAndSet(null, reason)) {
            Throwable first = failure.get();
            if (first != null) {
                first.addSuppressed(reason);
            }
        }
    }

    private void rethrow() throws SQLException {
        Throwable first = failure.get();
        if (first instanceof SQLException e) {
            throw e;
        } else if (first instanceof RuntimeException e) {
            throw e;
        } else if (first instanceof Error e) {
            throw e;
        }
    }
}
