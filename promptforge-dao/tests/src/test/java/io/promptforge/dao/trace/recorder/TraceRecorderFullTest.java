package io.promptforge.dao.trace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.AtOnce;
import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.BufferFullException;
import io.promptforge.dao.error.RecorderClosedException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.TraceRepository;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The recorder while the database stores nothing, because the table is locked. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TraceRecorderFullTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final long CAPACITY = 256 * 1024;
    private static final TraceRecorderSettings SMALL =
            TraceRecorderSettings.defaults().capacityBytes(CAPACITY).recordTimeout(LONG);

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();
    private final Queue<UnstoredTrace> unstored = new ConcurrentLinkedQueue<>();
    private TraceRecorder recorder = TraceRecorder.start(SMALL, unstored::add);
    private Connection locking;

    @BeforeEach
    void lock() throws SQLException {
        locking = DATABASE.dataSource().getConnection();
        locking.setAutoCommit(false);
        try (Statement statement = locking.createStatement()) {
            statement.execute("LOCK TABLE promptforge.traces IN SHARE MODE");
        }
    }

    @AfterEach
    void close() throws SQLException {
        locking.close();
        recorder.close();
    }

    @Test
    void memoryStaysWithinTheCapacityHoweverMuchIsOffered() throws SQLException {
        int each = 500;
        List<Integer> accepted = AtOnce.get(16, number -> {
            int taken = 0;
            for (int i = 0; i < each; i++) {
                taken += recorder.offer(traces, newTrace()) ? 1 : 0;
                assertThat(recorder.status().bufferedBytes()).isLessThanOrEqualTo(CAPACITY);
            }
            return taken;
        });
        int sum = accepted.stream().mapToInt(Integer::intValue).sum();
        assertThat(recorder.status().bufferedTraces()).isEqualTo(sum);
        assertThat(recorder.status().bufferedBytes()).isBetween(CAPACITY - 5_000, CAPACITY);
        assertThat(recorder.status().refused()).isEqualTo(16L * each - sum);

        locking.close();
        recorder.flush(LONG);

        assertThat(recorder.status().stored()).isEqualTo(sum);
        assertThat(recorder.status().bufferedBytes()).isZero();
        assertThat(stored()).isEqualTo(sum);
        assertThat(unstored).isEmpty();
    }

    @Test
    void producersThatAreFasterThanTheDatabaseWaitAndLoseNothing() throws SQLException {
        locking.close();

        AtOnce.get(16, number -> {
            for (int i = 0; i < 100; i++) {
                recorder.record(traces, newTrace());
                assertThat(recorder.status().bufferedBytes()).isLessThanOrEqualTo(CAPACITY);
            }
            return number;
        });
        recorder.flush(LONG);

        assertThat(stored()).isEqualTo(1600);
        assertThat(recorder.status().refused()).isZero();
    }

    @Test
    void whoFindsItFullIsToldHowFullAndWhatToDo() {
        restart(SMALL.recordTimeout(Duration.ofMillis(20)));
        fill();

        assertThatThrownBy(() -> recorder.record(traces, newTrace()))
                .isInstanceOfSatisfying(BufferFullException.class, e -> {
                    assertThat(e.bufferedBytes()).isEqualTo(recorder.status().bufferedBytes());
                    assertThat(e.capacityBytes()).isEqualTo(CAPACITY);
                })
                .hasMessageContaining("of " + CAPACITY + " bytes")
                .hasMessageContaining("raise capacityBytes");
        assertThat(recorder.status().refused()).isEqualTo(2);
    }

    @Test
    void recordWaitsUntilThereIsRoom() throws Exception {
        fill();
        NewTrace waiting = newTrace();
        CompletableFuture<Void> done = recordInAnotherThread(waiting);

        locking.close();

        done.get(1, TimeUnit.MINUTES);
        recorder.flush(LONG);
        assertThat(traces.find(waiting.id())).isPresent();
    }

    @Test
    void aThreadThatIsInterruptedDoesNotWait() {
        fill();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> recorder.record(traces, newTrace())).isInstanceOf(BufferFullException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void flushSaysWhatIsNotStoredInTime() {
        recorder.record(traces, newTrace());
        recorder.record(traces, newTrace());

        assertThatThrownBy(() -> recorder.flush(Duration.ofMillis(20)))
                .isInstanceOf(RetryableException.class)
                .hasMessageContaining("2 of 2 traces");
        assertThat(unstored).isEmpty();
    }

    @Test
    void closeGivesUpInTimeAndReportsExactlyWhatIsNotStored() throws Exception {
        restart(SMALL.batchSize(3).closeTimeout(Duration.ofMillis(50)));
        List<NewTrace> recorded = Stream.generate(this::newTrace).limit(10).toList();
        List<CompletableFuture<Void>> acknowledgements = recorded.stream()
                .map(trace -> recorder.record(traces, trace).toCompletableFuture())
                .toList();

        recorder.close();

        assertThat(unstored).extracting(UnstoredTrace::trace).containsExactlyInAnyOrderElementsOf(recorded);
        assertThat(unstored).allMatch(each -> each.failure() instanceof RecorderClosedException);
        assertThat(unstored)
                .filteredOn(each -> each.failure().toString().contains("may be stored nevertheless"))
                .hasSize(3);
        assertThat(acknowledgements).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(recorder.status().unstored()).isEqualTo(10);
        assertThat(recorder.status().bufferedTraces()).isZero();
        assertThat(recorder.status().bufferedBytes()).isZero();
    }

    @Test
    void whoWaitsForRoomIsTurnedAwayWhenItIsClosed() {
        restart(SMALL.closeTimeout(Duration.ZERO));
        fill();
        CompletableFuture<Void> waiting = recordInAnotherThread(newTrace());

        recorder.close();

        assertThatThrownBy(() -> waiting.get(1, TimeUnit.MINUTES))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RecorderClosedException.class);
    }

    @Test
    void anInterruptedCloseGivesUpAtOnceAndReports() {
        recorder.record(traces, newTrace());
        Thread.currentThread().interrupt();

        recorder.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(unstored).hasSize(1);
    }

    @Test
    void everyTraceOfSixteenProducersIsStoredOrReportedWhenItIsClosedMeanwhile() throws Exception {
        restart(SMALL.closeTimeout(Duration.ofMillis(50)));
        List<UUID> accepted = AtOnce.get(17, number -> {
                    if (number == 16) {
                        recorder.close();
                        return List.<UUID>of();
                    }
                    return IntStream.range(0, 50)
                            .mapToObj(i -> newTrace())
                            .filter(this::isTaken)
                            .map(NewTrace::id)
                            .toList();
                })
                .stream()
                .flatMap(List::stream)
                .toList();

        assertThat(unstored.stream().map(each -> each.trace().id()).collect(Collectors.toList()))
                .containsExactlyInAnyOrderElementsOf(accepted);
        assertThat(recorder.status().accepted()).isEqualTo(accepted.size());
    }

    private boolean isTaken(NewTrace trace) {
        try {
            return recorder.offer(traces, trace);
        } catch (RecorderClosedException e) {
            return false;
        }
    }

    private void fill() {
        int most = 100_000;
        while (recorder.offer(traces, newTrace()) && most > 0) {
            most--;
        }
        assertThat(recorder.status().refused()).isEqualTo(1);
    }

    /** Returns when the thread waits. */
    private CompletableFuture<Void> recordInAnotherThread(NewTrace trace) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                recorder.record(traces, trace);
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(done).isNotDone();
            Thread.onSpinWait();
        }
        return done;
    }

    private void restart(TraceRecorderSettings settings) {
        recorder.close();
        recorder = TraceRecorder.start(settings, unstored::add);
    }

    private NewTrace newTrace() {
        return TestTenant.newTrace(UUID.randomUUID(), project).input(Json.of("x".repeat(1_000)));
    }

    private long stored() {
        return Long.parseLong(DATABASE.query("SELECT count(*) FROM promptforge.traces WHERE organization_id = '"
                        + fixture.organization().id() + "'")
                .get(0));
    }
}
