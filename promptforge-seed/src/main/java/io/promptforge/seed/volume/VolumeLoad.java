package io.promptforge.seed.volume;

import io.promptforge.seed.volume.VolumeProgress.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** One load. What is missing is found chunk by chunk, so that nothing has to be remembered of loads that broke off. */
final class VolumeLoad {
    private final DataSource dataSource;
    private final VolumeStore store;
    private final VolumeTraces traces;
    private final int connections;
    private final Consumer<VolumeProgress> progress;

    private final long began = System.nanoTime();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong done = new AtomicLong();

    /** How many traces it takes, and how many spans they have. */
    private long count;

    private long spans;

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
        write(Chunk.count(count));
        Duration writing = elapsed();
        done.set(0);
        Checked checked = new Checked();
        Crew.run(dataSource, connections, 0, Chunk.count(count), () -> checking(checked));
        Totals totals = checked.totals;
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
     * The first chunk comes alone, and statistics after it, which end the plans that connections keep: those by which they
     * check foreign keys may, if made for an empty table, read the whole of another index than the primary key's for each
     * span.
     */
    private void write(long chunks) throws SQLException {
        Crew.run(dataSource, 1, 0, 1, this::writing);
        analyze(written.get());
        long before = written.get();
        Crew.run(dataSource, connections, 1, chunks, this::writing);
        analyze(written.get() - before);
    }

    private void analyze(long added) throws SQLException {
        if (added > 0) {
            Crew.run(dataSource, store::analyze);
        }
    }

    private Crew.Work writing() {
        RowWriter rows = store.writer();
        return (connection, number) -> {
            Chunk chunk = Chunk.of(number, count);
            Set<UUID> stored = store.stored(connection, chunk.ids(traces));
            long planned = 0;
            long added = 0;
            rows.clear();
            for (long index = chunk.first(); index < chunk.end(); index++) {
                TracePlan plan = traces.plan(index);
                planned += plan.spans.size();
                if (!stored.contains(plan.id)) {
                    rows.add(traces.trace(plan, index), Totals.of(plan));
                    added += plan.spans.size();
                }
            }
            if (added > 0) {
                store.write(connection, rows);
                connection.commit();
                written.addAndGet(added);
            }
            report(Step.WRITING, planned);
        };
    }

    private Crew.Work checking(Checked checked) {
        return (connection, number) -> {
            Chunk chunk = Chunk.of(number, count);
            Totals expected =
                    chunk.indexes().mapToObj(traces::plan).map(Totals::of).reduce(Totals.NONE, Totals::plus);
            UUID[] ids = chunk.ids(traces);
            require(chunk, "traces", store.recorded(connection, ids), expected);
            require(chunk, "spans", store.addedUp(connection, ids), expected);
            checked.add(expected);
            report(Step.CHECKING, expected.spans());
        };
    }

    private static void require(Chunk chunk, String table, Totals stored, Totals expected) {
        if (!stored.isSameAs(expected)) {
            throw new VolumeDataException(
                    "The %s of the traces %d to %d are not as they were written: stored are %s, written were %s. Delete what was changed, and load again."
                            .formatted(table, chunk.first(), chunk.end() - 1, stored, expected),
                    null);
        }
    }

    private synchronized void report(Step step, long more) {
        progress.accept(new VolumeProgress(step, done.addAndGet(more), spans, elapsed()));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** What was read back by all threads. */
    private static final class Checked {
        private Totals totals = Totals.NONE;

        synchronized void add(Totals more) {
            totals = totals.plus(more);
        }
    }
}
