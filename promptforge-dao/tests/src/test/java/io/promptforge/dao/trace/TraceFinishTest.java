package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TraceFinishTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final Instant END = NOON.plusMillis(1_500);

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();
    private final UUID id = fixture.trace(project);

    @Test
    void aRunningTraceGetsItsOutcome() {
        Trace finished = traces.finish(
                id,
                TraceOutcome.of(ExecutionStatus.ERROR, END)
                        .errorType("timeout")
                        .errorMessage("No answer.")
                        .output(Json.of("half an ans"))
                        .retryCount(2));

        assertThat(finished.status()).isEqualTo(ExecutionStatus.ERROR);
        assertThat(finished.endedAt()).contains(END);
        assertThat(finished.duration()).contains(Duration.ofMillis(1_500));
        assertThat(finished.errorType()).contains("timeout");
        assertThat(finished.errorMessage()).contains("No answer.");
        assertThat(finished.retryCount()).isEqualTo(2);
        assertThat(finished.payload().orElseThrow().output()).contains(Json.of("half an ans"));
        assertThat(traces.find(id)).contains(finished);
    }

    @Test
    void aClockBehindTheStartEndsTheTraceAtItsStartAndTheMetadataTellIt() {
        Trace finished = traces.finish(id, TraceOutcome.of(ExecutionStatus.SUCCESS, NOON.minusSeconds(2)));

        assertThat(finished.endedAt()).contains(NOON);
        assertThat(finished.duration()).contains(Duration.ZERO);
        assertThat(metadata(finished))
                .contains("promptforge.reported_end")
                .contains(NOON.minusSeconds(2).toString());
    }

    @Test
    void aRecordWhoseClocksDifferIsStoredAsEndingAtItsStartAndTellsIt() {
        UUID trace = UUID.randomUUID();
        UUID span = new UUID(0, 7);
        traces.record(NewTrace.of(trace, project, "t", ExecutionStatus.SUCCESS, NOON)
                .endedAt(NOON.minusSeconds(2))
                .metadata(Json.of(Map.of("own", 1)))
                .spans(List.of(NewSpan.of(span, "s", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON)
                        .endedAt(NOON.minusMillis(1)))));

        Trace stored = traces.find(trace).orElseThrow();
        Span storedSpan = traces.findSpan(trace, span).orElseThrow();

        assertThat(stored.endedAt()).contains(NOON);
        assertThat(metadata(stored))
                .contains("\"own\":1")
                .contains("promptforge.reported_end")
                .contains(NOON.minusSeconds(2).toString());
        assertThat(storedSpan.endedAt()).contains(NOON);
        assertThat(storedSpan.payload().orElseThrow().attributes().text())
                .contains("promptforge.reported_end")
                .contains(NOON.minusMillis(1).toString());
    }

    @Test
    void aRecordThatStartsAfterTheTraceWasFinishedMovesTheEndToItsStartAndTheMetadataTellIt() {
        traces.finish(id, TraceOutcome.of(ExecutionStatus.SUCCESS, END));
        Instant later = END.plusSeconds(2);
        NewTrace late = NewTrace.of(id, project, "t", ExecutionStatus.SUCCESS, later);

        traces.record(late);
        traces.record(late);

        Trace stored = traces.find(id).orElseThrow();
        assertThat(stored.startedAt()).isEqualTo(later);
        assertThat(stored.endedAt()).contains(later);
        assertThat(metadata(stored)).contains("promptforge.reported_end").contains(END.toString());
    }

    @Test
    void anEndBeforeTheStartIsStoredThoughTheMetadataAreFull() {
        UUID trace = UUID.randomUUID();
        traces.record(NewTrace.of(trace, project, "t", ExecutionStatus.SUCCESS, NOON)
                .endedAt(NOON.minusSeconds(2))
                .metadata(Json.of(Map.of("z", "x".repeat(262_100)))));

        assertThat(traces.find(trace).orElseThrow().endedAt()).contains(NOON);
    }

    private static String metadata(Trace trace) {
        return trace.payload().orElseThrow().metadata().text();
    }

    @Test
    void fieldsThatTheOutcomeDoesNotSetStayAsRecorded() {
        UUID full = UUID.randomUUID();
        traces.record(TestTenant.newTrace(full, project)
                .output(Json.of("early"))
                .errorType("kept")
                .errorMessage("kept too")
                .retryCount(3));

        Trace finished = traces.finish(full, TraceOutcome.of(ExecutionStatus.SUCCESS, END));

        assertThat(finished.payload().flatMap(TracePayload::output)).contains(Json.of("early"));
        assertThat(finished.errorType()).contains("kept");
        assertThat(finished.errorMessage()).contains("kept too");
        assertThat(finished.retryCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(value = ExecutionStatus.class, names = "RUNNING", mode = EnumSource.Mode.EXCLUDE)
    void aTraceEndsOnce(ExecutionStatus status) {
        traces.finish(id, TraceOutcome.of(status, END));

        assertThatThrownBy(() -> traces.finish(id, TraceOutcome.of(ExecutionStatus.SUCCESS, END.plusSeconds(1))))
                .isInstanceOf(IllegalTransitionException.class);
        assertThat(traces.find(id).orElseThrow().status()).isEqualTo(status);
        assertThat(traces.find(id).orElseThrow().endedAt()).contains(END);
    }

    @Test
    void oneOfEightThreadsThatFinishATraceSucceeds() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Optional<Trace>>> work = IntStream.range(0, 8)
                    .<Callable<Optional<Trace>>>mapToObj(n -> () -> {
                        try {
                            return Optional.of(
                                    traces.finish(id, TraceOutcome.of(ExecutionStatus.SUCCESS, END.plusSeconds(n))));
                        } catch (IllegalTransitionException e) {
                            return Optional.empty();
                        }
                    })
                    .toList();
            List<Trace> winners = pool.invokeAll(work).stream()
                    .map(TraceFinishTest::result)
                    .flatMap(Optional::stream)
                    .toList();

            assertThat(winners).containsExactly(traces.find(id).orElseThrow());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aTraceThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> traces.finish(UUID.randomUUID(), TraceOutcome.of(ExecutionStatus.SUCCESS, END)))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void anInvalidOutcomeIsRefusedByFieldAndTheTraceKeepsRunning() {
        refused("status", () -> TraceOutcome.of(ExecutionStatus.RUNNING, END));
        refused("ended_at", () -> TraceOutcome.of(ExecutionStatus.SUCCESS, Instant.MAX));
        refused(
                "error_type",
                () -> traces.finish(
                        id, TraceOutcome.of(ExecutionStatus.ERROR, END).errorType("t".repeat(201))));
        refused("error_message", () -> TraceOutcome.of(ExecutionStatus.ERROR, END)
                .errorMessage("nul\0"));
        refused(
                "retry_count",
                () -> traces.finish(
                        id, TraceOutcome.of(ExecutionStatus.SUCCESS, END).retryCount(-1)));

        assertThat(traces.find(id).orElseThrow().status()).isEqualTo(ExecutionStatus.RUNNING);
    }

    @Test
    void aRefusalLeavesTheTransactionOfTheCallerUsable() {
        Trace finished = fixture.tenant().transaction(tx -> {
            refused("error_type", () -> tx.traces()
                    .finish(id, TraceOutcome.of(ExecutionStatus.ERROR, END).errorType("t".repeat(201))));
            return tx.traces().finish(id, TraceOutcome.of(ExecutionStatus.SUCCESS, END));
        });

        assertThat(traces.find(id)).contains(finished);
    }

    private static <T> T result(Future<T> done) {
        try {
            return done.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void refused(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo(field));
    }
}
