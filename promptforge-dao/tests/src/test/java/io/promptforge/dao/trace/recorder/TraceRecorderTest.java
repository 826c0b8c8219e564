package io.promptforge.dao.trace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.AtOnce;
import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.RecorderClosedException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.TraceRepository;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TraceRecorderTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Nothing but what a test is about makes a batch due. */
    private static final TraceRecorderSettings PATIENT =
            TraceRecorderSettings.defaults().longestDelay(Duration.ofHours(1));

    private final TestTenant fixture = DATABASE.newTenant();
    private final Tenant tenant = fixture.tenant();
    private final UUID project = fixture.project().id();
    private final Queue<UnstoredTrace> unstored = new ConcurrentLinkedQueue<>();
    private TraceRecorder recorder = TraceRecorder.start(PATIENT, unstored::add);

    @AfterEach
    void close() {
        recorder.close();
    }

    @Test
    void aTraceIsStoredAfterTheLongestDelay() throws Exception {
        restart(PATIENT.longestDelay(Duration.ofMillis(50)));

        await(recorder.record(tenant.traces(), newTrace()));

        assertThat(stored(fixture)).isEqualTo(1);
    }

    @Test
    void aBatchIsStoredAsSoonAsItIsFullAndSpansCount() throws Exception {
        restart(PATIENT.batchSize(6));
        NewSpan span = NewSpan.of(UUID.randomUUID(), "step", SpanKind.TOOL, ExecutionStatus.SUCCESS, TestTenant.NOON);
        CompletionStage<Void> first = recorder.record(tenant.traces(), newTrace());
        CompletionStage<Void> second = recorder.record(
                tenant.traces(), TestTenant.newTrace(UUID.randomUUID(), project).spans(List.of(span)));
        CompletionStage<Void> third = recorder.record(
                tenant.traces(), TestTenant.newTrace(UUID.randomUUID(), project).spans(List.of(span)));
        assertThat(stored(fixture)).isZero();

        CompletionStage<Void> fourth = recorder.record(tenant.traces(), newTrace());

        for (CompletionStage<Void> each : List.of(first, second, third, fourth)) {
            await(each);
        }
        assertThat(stored(fixture)).isEqualTo(4);
    }

    @Test
    void acknowledgedTracesAreCommitted() throws Exception {
        CompletionStage<Long> seen =
                recorder.record(tenant.traces(), newTrace()).thenApply(done -> stored(fixture));

        recorder.flush(LONG);

        assertThat(await(seen)).isEqualTo(1);
    }

    @Test
    void flushStoresWhatWasAcceptedAndNothingIsLeft() {
        TestTenant other = DATABASE.newTenant();
        UUID othersProject = other.project().id();
        for (int i = 0; i < 10; i++) {
            recorder.record(tenant.traces(), newTrace());
            assertThat(recorder.offer(other.tenant().traces(), TestTenant.newTrace(UUID.randomUUID(), othersProject)))
                    .isTrue();
        }

        recorder.flush(LONG);

        assertThat(stored(fixture)).isEqualTo(10);
        assertThat(stored(other)).isEqualTo(10);
        assertThat(recorder.status()).isEqualTo(new TraceRecorderStatus(20, 20, 0, 0, 0, 0, Optional.empty()));
    }

    @Test
    void flushOfNothingReturns() {
        recorder.flush(Duration.ZERO);

        assertThat(recorder.status().accepted()).isZero();
    }

    @Test
    void closeStoresWhatIsBuffered() {
        IntStream.range(0, 25).forEach(i -> recorder.record(tenant.traces(), newTrace()));

        recorder.close();

        assertThat(stored(fixture)).isEqualTo(25);
        assertThat(unstored).isEmpty();
    }

    @Test
    void aClosedRecorderRecordsNothingMore() {
        recorder.close();
        recorder.close();

        assertThatThrownBy(() -> recorder.record(tenant.traces(), newTrace()))
                .isInstanceOf(RecorderClosedException.class);
        assertThatThrownBy(() -> recorder.offer(tenant.traces(), newTrace()))
                .isInstanceOf(RecorderClosedException.class);
        assertThat(recorder.status().accepted()).isZero();
    }

    @Test
    void sixteenProducersOfFourTenantsLoseNothing() {
        restart(TraceRecorderSettings.defaults().batchSize(50).closeTimeout(LONG));
        List<TestTenant> tenants =
                IntStream.range(0, 4).mapToObj(i -> DATABASE.newTenant()).toList();
        List<UUID> projects = tenants.stream().map(each -> each.project().id()).toList();

        AtOnce.get(16, number -> {
            int place = number % 4;
            for (int i = 0; i < 100; i++) {
                // One in fifty refers to a project that is not there.
                UUID target = i % 50 == 7 ? UUID.randomUUID() : projects.get(place);
                recorder.record(tenants.get(place).tenant().traces(), TestTenant.newTrace(UUID.randomUUID(), target));
            }
            return number;
        });
        recorder.close();

        TraceRecorderStatus status = recorder.status();
        assertThat(status).isEqualTo(new TraceRecorderStatus(1600, 1568, 32, 0, 0, 0, Optional.empty()));
        assertThat(tenants).allMatch(one -> stored(one) == 392);
        assertThat(unstored).hasSize(32).doesNotHaveDuplicates();
    }

    @Test
    void theTracesOfATenantAreOneDestinationHoweverOftenTheyAreAskedFor() {
        TraceRepository traces = tenant.traces();
        UUID organization = fixture.organization().id();

        assertThat(DATABASE.forge().tenant(organization).traces())
                .isEqualTo(traces)
                .hasSameHashCodeAs(traces);
        assertThat(DATABASE.newTenant().tenant().traces()).isNotEqualTo(traces);
        assertThat(tenant.<Boolean>transaction(tx -> tx.traces().equals(traces)))
                .isFalse();
    }

    @Test
    void aDestinationOfATransactionOrConnectionIsRefused() throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection()) {
            assertRefused(DATABASE.forge()
                    .on(connection)
                    .tenant(fixture.organization().id())
                    .traces());
        }
        tenant.transaction(tx -> assertRefused(tx.traces()));
        tenant.readOnly(tx -> assertRefused(tx.traces()));
        assertThat(recorder.status().accepted()).isZero();
    }

    private boolean assertRefused(TraceRepository destination) {
        assertThatThrownBy(() -> recorder.record(destination, newTrace()))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("destination"));
        return true;
    }

    @Test
    void aTraceGreaterThanTheWholeCapacityIsRefused() {
        restart(PATIENT.capacityBytes(64 * 1024));
        NewTrace great = TestTenant.newTrace(UUID.randomUUID(), project).input(Json.of("x".repeat(64 * 1024)));

        assertThatThrownBy(() -> recorder.record(tenant.traces(), great))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("trace"))
                .hasMessageContaining("65536");
        assertThatThrownBy(() -> recorder.offer(tenant.traces(), great)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void tenantsTakeTurnsBatchByBatch() throws Exception {
        restart(PATIENT.batchSize(5));
        List<String> order = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        TraceRepository busy = Intercepted.traces(tenant.traces(), batch -> {
            order.add("busy");
            begun.countDown();
            join(go);
        });
        TraceRepository quiet = Intercepted.traces(tenant.traces(), batch -> order.add("quiet"));
        IntStream.range(0, 50).forEach(i -> recorder.record(busy, newTrace()));
        join(begun);
        IntStream.range(0, 5).forEach(i -> recorder.record(quiet, newTrace()));
        go.countDown();

        recorder.flush(LONG);

        assertThat(order).hasSize(11).startsWith("busy", "quiet", "busy");
    }

    @Test
    void itsThreadIsADaemonAndEndsWithIt() {
        Set<Thread> others = threads();
        TraceRecorder own = TraceRecorder.start(unstored::add);
        Set<Thread> started = threads();
        started.removeAll(others);
        assertThat(started).singleElement().matches(Thread::isDaemon).matches(Thread::isAlive);

        own.close();

        assertThat(started).noneMatch(Thread::isAlive);
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("promptforge-trace-recorder"))
                .collect(Collectors.toSet());
    }

    private void restart(TraceRecorderSettings settings) {
        recorder.close();
        recorder = TraceRecorder.start(settings, unstored::add);
    }

    private NewTrace newTrace() {
        return TestTenant.newTrace(UUID.randomUUID(), project);
    }

    private static long stored(TestTenant owner) {
        return Long.parseLong(DATABASE.query("SELECT count(*) FROM promptforge.traces WHERE organization_id = '"
                        + owner.organization().id() + "'")
                .get(0));
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    private static void join(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
