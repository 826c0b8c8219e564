package io.promptforge.seed.volume;

import io.promptforge.seed.volume.VolumeProgress.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/** One load. Each chunk looks up which of its traces are missing, so that a load needs no record of earlier ones. */
final class VolumeLoad {
    private final DataSource dataSource;
    private final VolumeStore store;
    private final VolumeTraces traces;
    private final int connections;
    private final Consumer<VolumeProgress> progress;

    private final long began = System.nanoTime();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong done = new AtomicLong();

    /** The number of traces, and of their spans. */
    private long count;

    private long spans;

    private Totals checked = Totals.NONE;

    VolumeLoad(
            DataSource dataSource,
            VolumeStore store,
            VolumeTraces traces,
            int connections,
            Consumer<VolumeProgress> progress) {
        this.dataSource = dataSource;
        this.store = store;
        this.traces = traces;
        this.connections = connections;
        this.progress = progress;
    }

    VolumeResult load(UUID organizationId, long atLeast) throws SQLException {
        while (spans < atLeast) {
            spans += traces.spans(count++);
        }
        Instant lastStart = traces.plan(count - 1).startedAt;
        Crew.run(
                dataSource,
                connection -> store.partition(connection, traces.spec().from(), lastStart));
        writeAll(Chunk.count(count));
        Duration writing = elapsed();
        done.set(0);
        Crew.run(dataSource, connections, 0, Chunk.count(count), this::check);
        Totals totals = checked();
        return new VolumeResult(
                organizationId,
                totals.traces(),
                totals.spans(),
                written.get(),
                totals.inputTokens(),
                totals.outputTokens(),
                totals.cost(),
                writing,
                elapsed());
    }

    /**
     * Writes the first chunk by one connection and updates the statistics before the others. A connection that plans its
     * foreign key checks while the tables are empty may choose an index whose scan grows with the table.
     */
    private void writeAll(long chunks) throws SQLException {
        Crew.run(dataSource, 1, 0, 1, this::write);
        analyze(written.get());
        long before = written.get();
        Crew.run(dataSource, connections, 1, chunks, this::write);
        analyze(written.get() - before);
    }

    private void analyze(long added) throws SQLException {
        if (added > 0) {
            Crew.run(dataSource, store::analyze);
        }
    }

    private void write(Connection connection, long number) throws SQLException {
        Chunk chunk = Chunk.of(number, count);
        Set<UUID> stored = store.stored(connection, chunk.ids(traces));
        long[] missing = chunk.indexes()
                .filter(index -> !stored.contains(traces.id(index)))
                .toArray();
        if (missing.length > 0) {
            store.record(connection, traces, missing);
            connection.commit();
            written.addAndGet(LongStream.of(missing).map(traces::spans).sum());
        }
        report(Step.WRITING, chunk.indexes().map(traces::spans).sum());
    }

    private void check(Connection connection, long number) throws SQLException {
        Chunk chunk = Chunk.of(number, count);
        Totals expected = chunk.indexes().mapToObj(traces::plan).map(Totals::of).reduce(Totals.NONE, Totals::plus);
        UUID[] ids = chunk.ids(traces);
        require(chunk, "traces", store.recorded(connection, ids), expected);
        require(chunk, "spans", store.addedUp(connection, ids), expected);
        add(expected);
        report(Step.CHECKING, expected.spans());
    }

    private static void require(Chunk chunk, String table, Totals stored, Totals expected) {
        if (!stored.isSameAs(expected)) {
            throw new VolumeDataException(
                    "The %s of the traces %d to %d differ from what was written: stored are %s, written were %s. Delete these traces and load again."
                            .formatted(table, chunk.first(), chunk.end() - 1, stored, expected),
                    null);
        }
    }

    private synchronized void report(Step step, long more) {
        progress.accept(new VolumeProgress(step, done.addAndGet(more), spans, elapsed()));
    }

    private synchronized void add(Totals more) {
        checked = checked.plus(more);
    }

    private synchronized Totals checked() {
        return checked;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
