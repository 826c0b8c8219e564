package io.promptforge.dao.trace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.CountedTransactions;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.error.BufferFullException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.RetryableException.Reason;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.TraceRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when a batch fails. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TraceRecorderFailureTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Nothing but what a test is about makes a batch due. */
    private static final TraceRecorderSettings PATIENT =
            TraceRecorderSettings.defaults().longestDelay(Duration.ofHours(1)).closeTimeout(Duration.ZERO);

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();
    private final Queue<UnstoredTrace> unstored = new ConcurrentLinkedQueue<>();
    private TraceRecorder recorder = TraceRecorder.start(PATIENT, unstored::add);

    @AfterEach
    void close() {
        recorder.close();
    }

    @ParameterizedTest(name = "{0} of 1,000")
    @ValueSource(ints = {1, 3})
    void onlyRefusedTracesAreGivenUpByOneCallAndTwoTransactions(int refused) {
        CountedTransactions database = new CountedTransactions(DATABASE.dataSource());
        TraceRepository owned = PromptForge.create(database.dataSource())
                .tenant(fixture.organization().id())
                .traces();
        AtomicInteger calls = new AtomicInteger();
        TraceRepository counted = Intercepted.traces(owned, batch -> calls.incrementAndGet());
        List<CompletableFuture<Void>> acknowledgements = new ArrayList<>();
        List<NewTrace> bad = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            boolean isBad = i == 501 || (refused == 3 && (i == 0 || i == 999));
            NewTrace trace = isBad ? dangling() : newTrace();
            acknowledgements.add(recorder.record(counted, trace).toCompletableFuture());
            if (isBad) {
                bad.add(trace);
            }
        }

        assertThatThrownBy(() -> recorder.flush(LONG)).hasCauseInstanceOf(InvalidReferenceException.class);

        assertThat(calls).hasValue(1);
        assertThat(database.transactions()).isEqualTo(2);
        assertThat(stored(fixture)).isEqualTo(1000 - refused);
        assertThat(unstored).extracting(UnstoredTrace::trace).containsExactlyElementsOf(bad);
        assertThat(unstored)
                .allMatch(each -> each.destination() == counted)
                .allMatch(each -> each.failure() instanceof InvalidReferenceException failure
                        && failure.field().equals("project_id")
                        && failure.elementId().equals(Optional.of(each.trace().id())));
        assertThat(acknowledgements)
                .filteredOn(CompletableFuture::isCompletedExceptionally)
                .hasSize(refused);
        assertThat(recorder.status().stored()).isEqualTo(1000 - refused);
        assertThat(recorder.status().unstored()).isEqualTo(refused);
        assertThat(recorder.status().failure()).isEmpty();
    }

    @Test
    void aFailureOfTheDatabaseIsTriedAgainWithoutEnd() {
        Intermittent database = new Intermittent();
        TraceRepository destination = Intercepted.traces(traces, database);
        database.failWith(new RetryableException(Reason.NO_CONNECTION, "down", null));
        IntStream.range(0, 10).forEach(i -> recorder.record(destination, newTrace()));
        assertThatThrownBy(() -> recorder.flush(Duration.ZERO)).isInstanceOf(RetryableException.class);
        database.awaitFailures(4);
        assertThat(recorder.status().failure().orElseThrow()).hasMessage("down");
        assertThat(database.sizes()).containsOnly(10);

        database.repair();
        recorder.flush(LONG);

        assertThat(stored(fixture)).isEqualTo(10);
        assertThat(recorder.status().failure()).isEmpty();
        assertThat(unstored).isEmpty();
    }

    @Test
    void tracesWaitForTheRightsThatTheRoleLacks() {
        String role = DATABASE.newRole("recorder");
        DATABASE.execute("GRANT USAGE ON SCHEMA promptforge TO " + role);
        TraceRepository denied = PromptForge.create(DATABASE.dataSourceOf(role))
                .tenant(fixture.organization().id())
                .traces();
        Intermittent attempts = new Intermittent();
        recorder.record(Intercepted.traces(denied, attempts), newTrace());
        assertThatThrownBy(() -> recorder.flush(Duration.ZERO)).isInstanceOf(RetryableException.class);
        attempts.awaitAttempts(3);
        assertThat(recorder.status().failure().orElseThrow()).isInstanceOf(AccessDeniedException.class);

        DATABASE.execute("GRANT ALL ON ALL TABLES IN SCHEMA promptforge TO " + role);
        recorder.flush(LONG);

        assertThat(stored(fixture)).isEqualTo(1);
        assertThat(unstored).isEmpty();
    }

    @Test
    void aTraceThatKeepsFailingForAnUnknownReasonIsGivenUpInTheEndAndTheOthersAreStored() {
        NewTrace poison = newTrace();
        IllegalStateException bug = new IllegalStateException("bug");
        TraceRepository destination = Intercepted.traces(traces, batch -> {
            if (batch.contains(poison)) {
                throw bug;
            }
        });
        IntStream.range(0, 20).forEach(i -> recorder.record(destination, newTrace()));
        CompletableFuture<Void> acknowledgement =
                recorder.record(destination, poison).toCompletableFuture();
        IntStream.range(0, 20).forEach(i -> recorder.record(destination, newTrace()));

        while (!acknowledgement.isDone()) {
            flushInVain(Duration.ofMillis(200));
        }

        assertThat(unstored).extracting(UnstoredTrace::trace).containsExactly(poison);
        assertThat(unstored.element().failure()).hasCause(bug);
        assertThat(acknowledgement).isCompletedExceptionally();
        assertThat(stored(fixture)).isEqualTo(40);
    }

    @Test
    void anErrorLosesNothing() {
        AtomicBoolean first = new AtomicBoolean(true);
        TraceRepository destination = Intercepted.traces(traces, batch -> {
            if (first.getAndSet(false)) {
                throw new StackOverflowError();
            }
        });
        IntStream.range(0, 10).forEach(i -> recorder.record(destination, newTrace()));

        recorder.flush(LONG);

        assertThat(stored(fixture)).isEqualTo(10);
        assertThat(unstored).isEmpty();
    }

    @Test
    void anInterruptThatADriverLeavesBehindStopsNothing() {
        TraceRepository destination =
                Intercepted.traces(traces, batch -> Thread.currentThread().interrupt());
        recorder.record(destination, newTrace());
        recorder.flush(LONG);

        recorder.record(destination, newTrace());
        recorder.flush(LONG);

        assertThat(stored(fixture)).isEqualTo(2);
    }

    @Test
    void aListenerThatThrowsStopsNothing() {
        Error thrown = new AssertionError("listener");
        restart(PATIENT, each -> {
            unstored.add(each);
            throw thrown;
        });
        CompletableFuture<Void> bad = recorder.record(traces, dangling()).toCompletableFuture();
        recorder.record(traces, dangling());
        recorder.record(traces, newTrace());

        flushInVain(LONG);

        assertThat(unstored).hasSize(2).allMatch(each -> each.toString()
                .equals("trace " + each.trace().id() + ": " + each.failure()));
        assertThat(stored(fixture)).isEqualTo(1);
        assertThatThrownBy(bad::get).isInstanceOf(ExecutionException.class).satisfies(e -> assertThat(e.getCause())
                .hasSuppressedException(thrown));
        recorder.record(traces, newTrace());
        recorder.flush(LONG);
        assertThat(stored(fixture)).isEqualTo(2);
    }

    @Test
    void aCallbackCannotWaitForItself() {
        List<Throwable> thrown = new ArrayList<>();
        restart(PATIENT.capacityBytes(64 * 1024).recordTimeout(LONG), each -> {
            thrown.add(catching(() -> recorder.flush(LONG)));
            thrown.add(catching(recorder::close));
            thrown.add(catching(() -> IntStream.range(0, 1000).forEach(i -> recorder.record(traces, newTrace()))));
        });
        recorder.record(traces, dangling());

        flushInVain(LONG);

        assertThat(thrown).hasSize(3);
        assertThat(thrown.subList(0, 2)).allSatisfy(e -> assertThat(e)
                .isInstanceOf(PromptForgeException.class)
                .hasMessageContaining("its own callback"));
        assertThat(thrown.get(2)).isInstanceOf(BufferFullException.class);
    }

    @Test
    void aTenantThatCannotBeStoredHoldsUpNoOtherAndLeavesItRoom() {
        long capacity = 256 * 1024;
        restart(PATIENT.capacityBytes(capacity), unstored::add);
        Intermittent database = new Intermittent();
        TraceRepository failing = Intercepted.traces(traces, database);
        database.failWith(new RetryableException(Reason.NO_CONNECTION, "down", null));
        recorder.record(failing, newTrace());
        assertThatThrownBy(() -> recorder.flush(Duration.ZERO)).isInstanceOf(RetryableException.class);
        database.awaitFailures(2);

        int most = 10_000;
        while (recorder.offer(failing, newTrace()) && most > 0) {
            most--;
        }
        TestTenant other = DATABASE.newTenant();
        UUID othersProject = other.project().id();
        List<CompletableFuture<Void>> others = IntStream.range(0, 500)
                .mapToObj(i -> recorder.record(
                                other.tenant().traces(), TestTenant.newTrace(UUID.randomUUID(), othersProject))
                        .toCompletableFuture())
                .toList();

        assertThat(recorder.status().bufferedBytes()).isBetween(capacity / 2, capacity);
        CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).join();
        assertThat(stored(other)).isEqualTo(500);
        assertThat(stored(fixture)).isZero();
        assertThat(recorder.status().bufferedBytes()).isLessThanOrEqualTo(capacity / 4 * 3);
        assertThatThrownBy(() -> recorder.record(failing, bigTrace()))
                .isInstanceOf(BufferFullException.class)
                .hasCause(recorder.status().failure().orElseThrow());

        database.repair();
        recorder.flush(LONG);
        assertThat(stored(fixture)).isEqualTo(recorder.status().stored() - 500);
        assertThat(unstored).isEmpty();
    }

    private static Throwable catching(Runnable work) {
        try {
            work.run();
            return new AssertionError("nothing was thrown");
        } catch (RuntimeException e) {
            return e;
        }
    }

    private void flushInVain(Duration atMost) {
        try {
            recorder.flush(atMost);
        } catch (PromptForgeException e) {
            assertThat(e).isNotNull();
        }
    }

    private void restart(TraceRecorderSettings settings, Consumer<UnstoredTrace> listener) {
        recorder.close();
        recorder = TraceRecorder.start(settings, listener);
    }

    private NewTrace newTrace() {
        return TestTenant.newTrace(UUID.randomUUID(), project);
    }

    private NewTrace bigTrace() {
        return TestTenant.newTrace(UUID.randomUUID(), project).input(Json.of("x".repeat(50_000)));
    }

    /** A trace of a project that is not there. */
    private static NewTrace dangling() {
        return TestTenant.newTrace(UUID.randomUUID(), UUID.randomUUID());
    }

    private static long stored(TestTenant owner) {
        return Long.parseLong(DATABASE.query("SELECT count(*) FROM promptforge.traces WHERE organization_id = '"
                        + owner.organization().id() + "'")
                .get(0));
    }

    /** Fails until it is repaired. */
    private static final class Intermittent implements Consumer<List<NewTrace>> {
        private final List<Integer> sizes = new ArrayList<>();
        private volatile @Nullable RuntimeException failure;
        private final CountDownLatch[] attempts =
                IntStream.range(0, 10).mapToObj(CountDownLatch::new).toArray(CountDownLatch[]::new);

        void failWith(RuntimeException exception) {
            failure = exception;
        }

        void repair() {
            failure = null;
        }

        @Override
        public void accept(List<NewTrace> batch) {
            synchronized (sizes) {
                sizes.add(batch.size());
            }
            for (CountDownLatch each : attempts) {
                each.countDown();
            }
            RuntimeException thrown = failure;
            if (thrown != null) {
                throw thrown;
            }
        }

        /** So many attempts have begun, so one less has been noticed. */
        void awaitAttempts(int number) {
            try {
                assertThat(attempts[number].await(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        void awaitFailures(int number) {
            awaitAttempts(number + 1);
        }

        List<Integer> sizes() {
            synchronized (sizes) {
                return List.copyOf(sizes);
            }
        }
    }
}
