package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Spans that come after their trace. */
class SpanAdditionTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID id = fixture.trace(fixture.project().id());

    @Test
    void theyJoinTheTreeAndTheTotals() {
        NewSpan root = span().inputTokens(3L);
        traces.addSpans(id, List.of(root));
        NewSpan child = span().parentId(root.id()).outputTokens(4L).cost(new BigDecimal("0.5"));
        traces.addSpans(id, List.of(child, span().parentId(child.id())));

        TraceTree tree = traces.tree(id).orElseThrow();

        assertThat(tree.trace().totals()).isEqualTo(new TraceTotals(3, 3, 4, new BigDecimal("0.5"), 0, 0));
        assertThat(tree.roots()).hasSize(1);
        assertThat(tree.roots().get(0).children().get(0).children()).hasSize(1);
    }

    @Test
    void aTraceThatHasEndedTakesThemToo() {
        traces.finish(id, TraceOutcome.of(ExecutionStatus.SUCCESS, NOON.plusSeconds(1)));

        traces.addSpans(id, List.of(span()));

        assertThat(traces.find(id).orElseThrow().totals().spanCount()).isEqualTo(1);
    }

    @Test
    void aTraceThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> traces.addSpans(UUID.randomUUID(), List.of(span())))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void anInvalidListOrSpanIsRefusedByName() {
        NewSpan twice = span();

        assertThatThrownBy(() -> traces.addSpans(id, Arrays.asList(twice, null)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("spans"));
        assertThatThrownBy(() -> traces.addSpans(id, List.of(twice, span().temperature(-1.0))))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("temperature"))
                .hasMessageStartingWith("spans[1] (");
        assertThatThrownBy(() -> traces.addSpans(id, List.of(twice, span().modelId(UUID.randomUUID()))))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("model_id"));
        assertThat(traces.tree(id).orElseThrow().roots()).isEmpty();
    }

    @Test
    void aRefusalLeavesTheTransactionOfTheCallerUsable() {
        NewSpan span = span();

        fixture.tenant().transaction(tx -> {
            tx.traces().addSpans(id, List.of(span));
            assertThatThrownBy(() -> tx.traces().addSpans(id, List.of(span().maxTokens(-1))))
                    .isInstanceOf(InvalidValueException.class);
            tx.traces().addSpans(id, List.of(span()));
            return true;
        });

        assertThat(traces.find(id).orElseThrow().totals().spanCount()).isEqualTo(2);
    }

    /** Each trace only once by each thread: a total that lost a span would be put right by the next writer. */
    @Test
    void theTotalsAreTheSumsOverAllSpansWhenEightThreadsAddSomeAtOnce() throws Exception {
        int threads = 8;
        UUID project = fixture.project().id();
        List<UUID> ids =
                IntStream.range(0, 30).mapToObj(i -> fixture.trace(project)).toList();
        CyclicBarrier next = new CyclicBarrier(threads);

        for (Future<?> done : inParallel(threads, thread -> {
            for (UUID trace : ids) {
                next.await();
                traces.addSpans(
                        trace,
                        List.of(
                                span().inputTokens(1L),
                                span().outputTokens(10L).cost(new BigDecimal("0.000000000001"))));
            }
        })) {
            done.get();
        }

        assertThat(ids)
                .extracting(trace -> traces.find(trace).orElseThrow().totals())
                .containsOnly(new TraceTotals(16, 8, 80, new BigDecimal("0.000000000008"), 8, 8));
    }

    @Test
    void theEarliestStartOfASpanStaysWhenEightThreadsAddItWithDifferentOnes() throws Exception {
        UUID span = UUID.randomUUID();
        for (Future<?> done : inParallel(
                8,
                thread -> traces.addSpans(
                        id,
                        List.of(NewSpan.of(
                                span, "s", SpanKind.TOOL, ExecutionStatus.SUCCESS, NOON.plusSeconds(thread)))))) {
            done.get();
        }

        assertThat(traces.find(id).orElseThrow().totals().spanCount()).isEqualTo(1);
        assertThat(traces.findSpan(id, span).orElseThrow().startedAt()).isEqualTo(NOON);
    }

    @Test
    void threadsThatRecordTheSameTracesInDifferentOrdersNeitherDeadlockNorFail() throws Exception {
        UUID project = fixture.project().id();
        for (int round = 0; round < 10; round++) {
            List<NewTrace> batch = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                batch.add(TestTenant.newTrace(UUID.randomUUID(), project));
            }
            List<NewTrace> backwards = new ArrayList<>(batch);
            Collections.reverse(backwards);

            for (Future<?> done : inParallel(4, thread -> traces.record(thread % 2 == 0 ? batch : backwards))) {
                done.get();
            }
        }
        assertThat(traces.summary(TraceFilter.all().projectId(project)).traces())
                .isEqualTo(5_000);
    }

    private static List<Future<?>> inParallel(int threads, Work work) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CyclicBarrier start = new CyclicBarrier(threads);
        try {
            List<Callable<Object>> calls = IntStream.range(0, threads)
                    .<Callable<Object>>mapToObj(thread -> () -> {
                        start.await();
                        work.of(thread);
                        return thread;
                    })
                    .toList();
            return List.copyOf(pool.invokeAll(calls));
        } finally {
            pool.shutdownNow();
        }
    }

    private static NewSpan span() {
        return NewSpan.of(UUID.randomUUID(), "step", SpanKind.CHAIN, ExecutionStatus.SUCCESS, NOON);
    }

    /** What a thread does. */
    private interface Work {
        void of(int thread) throws Exception;
    }
}
