package io.promptforge.dao.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.dao.NotOnCitus;
import io.promptforge.dao.error.RetryableException.Reason;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.recorder.TraceRecorder;
import io.promptforge.dao.trace.recorder.UnstoredTrace;
import io.promptforge.schema.Migrations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server is killed again and again while traces are stored; {@code -Pfaults} for 200 times. */
@Timeout(value = 40, unit = TimeUnit.MINUTES)
@NotOnCitus("starts a server of its own")
class KilledServerTest {
    private static final int KILLS = Integer.getInteger("faults.kills", 3);

    private final Queue<UnstoredTrace> unstored = new ConcurrentLinkedQueue<>();
    private final Set<UUID> recorded = new HashSet<>();
    private final AtomicBoolean recording = new AtomicBoolean(true);

    @Test
    void everyAcknowledgedTraceIsThereAndNothingIsHalfThere(@TempDir Path folder, TestReporter reporter)
            throws Exception {
        try (KillableServer server = KillableServer.start(folder);
                HikariDataSource pool = KillableServer.pool(server.dataSource(), 6)) {
            Migrations.apply(pool);
            try (TracesUnderWay writers = TracesUnderWay.start(pool, 4);
                    TraceRecorder recorder = TraceRecorder.start(unstored::add)) {
                CompletableFuture<Void> service = CompletableFuture.runAsync(() -> record(recorder, writers));
                for (int i = 0; i < KILLS; i++) {
                    writers.awaitMore(20);
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(20_000_000));
                    server.kill();
                    server.restart();
                }
                writers.awaitMore(20);
                recording.set(false);
                service.get(1, TimeUnit.MINUTES);
                recorder.flush(Duration.ofMinutes(2));
                Set<UUID> expected = new HashSet<>(writers.end());
                expected.addAll(recorded);

                assertThat(TracesUnderWay.storedWhole(pool)).isEqualTo(expected);
                assertThat(unstored).isEmpty();
                assertThat(writers.failures()).containsOnlyKeys(Reason.NO_CONNECTION);
                reporter.publishEntry(
                        KILLS + " kills", expected.size() + " traces, failed calls " + writers.failures());
            }
        }
    }

    private void record(TraceRecorder recorder, TracesUnderWay writers) {
        while (recording.get()) {
            NewTrace trace = writers.newTrace();
            if (recorder.offer(writers.traces(), trace)) {
                recorded.add(trace.id());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }
}
