package io.promptforge.seed.volume;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share chunks out among themselves, each with a connection of its own and a transaction per chunk. The first
 * failure, or an interrupt of the caller, stops all of them after the chunk that they are at.
 */
final class Crew {
    /** What is done with a chunk; for one thread. */
    interface Work {
        void on(Connection connection, long chunk) throws SQLException;
    }

    /** What is done once. */
    interface Errand {
        void on(Connection connection) throws SQLException;
    }

    private final DataSource dataSource;
    private final long end;
    private final Supplier<Work> works;
    private final AtomicLong next;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private Crew(DataSource dataSource, long first, long end, Supplier<Work> works) {
        this.dataSource = dataSource;
        this.next = new AtomicLong(first);
        this.end = end;
        this.works = works;
    }

    /** Does the chunks from the first to before the end. Returns when all are done, or throws what stopped the crew. */
    static void run(DataSource dataSource, int threads, long first, long end, Supplier<Work> works)
            throws SQLException {
        Crew crew = new Crew(dataSource, first, end, works);
        CompletableFuture<?>[] members = IntStream.range(0, (int) Math.min(threads, end - first))
                .mapToObj(number -> CompletableFuture.runAsync(crew::member, Crew::start))
                .toArray(CompletableFuture[]::new);
        crew.await(CompletableFuture.allOf(members));
        crew.rethrow();
    }

    /** Does what is no work for many, in a transaction as well. */
    static void run(DataSource dataSource, Errand errand) throws SQLException {
        run(dataSource, 1, 0, 1, () -> (connection, chunk) -> errand.on(connection));
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
            Work work = works.get();
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
            fail(new VolumeDataException("The load was interrupted; the same load, called again, goes on.", e));
            members.join();
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a member lets nothing out", e);
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
