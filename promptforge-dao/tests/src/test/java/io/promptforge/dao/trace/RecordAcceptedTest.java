package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.CountedTransactions;
import io.promptforge.dao.NotOnCitus;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is accepted of a batch is stored, and the rest comes back. */
class RecordAcceptedTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final CountedTransactions counted = new CountedTransactions(DATABASE.pooledDataSource());
    private final TestTenant fixture = DATABASE.newTenant();
    private final Tenant tenant = PromptForge.create(counted.dataSource())
            .tenant(fixture.organization().id());
    private final TraceRepository traces = tenant.traces();
    private final UUID project = fixture.project().id();

    @ParameterizedTest(name = "{0} of 1,000 are refused")
    @CsvSource({"0, 1, 0", "1, 2, 1", "3, 2, 1", "1000, 2, 0"})
    void anyNumberOfTracesOfMissingProjectsTakesTwoTransactionsAndOnePart(int refused, int transactions, int parts) {
        List<Integer> places = places(refused);
        List<NewTrace> batch = batch(places, RecordAcceptedTest::dangling);

        List<RefusedTrace> result = traces.recordAccepted(batch);

        assertThat(counted.transactions()).isEqualTo(transactions);
        assertThat(counted.savepoints()).isEqualTo(parts);
        assertRefused(result, batch, places, "project_id");
    }

    @ParameterizedTest(name = "{0} of 1,000 are refused")
    @CsvSource({"1, 20", "3, 60"})
    void aFewRefusedTracesTakeTwoTransactionsAndFewParts(int refused, int mostParts) {
        tracesWithRefusedValuesTakeTwoTransactions(refused, mostParts);
    }

    @ParameterizedTest(name = "{0} of 1,000 are refused")
    @CsvSource({"500, 1400", "1000, 1008"})
    @NotOnCitus("it takes minutes, since a new connection rolls each savepoint back")
    void manyRefusedTracesTakeTwoTransactionsAndAboutAPartForEach(int refused, int mostParts) {
        tracesWithRefusedValuesTakeTwoTransactions(refused, mostParts);
    }

    private void tracesWithRefusedValuesTakeTwoTransactions(int refused, int mostParts) {
        List<Integer> places = places(refused);
        List<NewTrace> batch = batch(places, () -> newTrace().modelId(UUID.randomUUID()));

        List<RefusedTrace> result = traces.recordAccepted(batch);

        assertThat(counted.transactions()).isEqualTo(2);
        assertThat(counted.savepoints()).isLessThanOrEqualTo(mostParts);
        assertRefused(result, batch, places, "model_id");
    }

    /** Spread over the batch. */
    private static List<Integer> places(int refused) {
        return IntStream.range(0, refused)
                .map(i -> i * 999 / Math.max(1, refused - 1))
                .boxed()
                .toList();
    }

    private List<NewTrace> batch(List<Integer> refused, Supplier<NewTrace> bad) {
        List<NewTrace> batch = new ArrayList<>(
                IntStream.range(0, 1_000).mapToObj(i -> newTrace()).toList());
        refused.forEach(place -> batch.set(place, bad.get()));
        return batch;
    }

    private void assertRefused(List<RefusedTrace> result, List<NewTrace> batch, List<Integer> places, String field) {
        assertThat(result).extracting(RefusedTrace::index).isEqualTo(places);
        assertThat(result)
                .allSatisfy(each -> assertThat(each.trace()).isSameAs(batch.get(each.index())))
                .allSatisfy(each -> assertThat(each.refusal().path()).hasValue("traces[" + each.index() + "]"))
                .allSatisfy(each -> assertThat(each.refusal().elementId())
                        .hasValue(each.trace().id()))
                .allMatch(each -> each.refusal() instanceof InvalidReferenceException)
                .allMatch(each -> each.refusal().field().equals(field));
        assertThat(stored()).isEqualTo(1_000 - places.size());
    }

    /** Of two projects that records of a trace name, one is kept, see {@link TraceRepository}: here the one that is there. */
    @Test
    void aMissingProjectRefusesNoRecordOfAStoredTraceThatKeepsItsProject() {
        UUID missing = new UUID(0, 1);
        NewTrace stored = newTrace();
        NewTrace earlier = newTrace();
        traces.record(stored);

        List<RefusedTrace> result = traces.recordAccepted(List.of(
                TestTenant.newTrace(UUID.randomUUID(), missing),
                earlier,
                TestTenant.newTrace(earlier.id(), missing).sessionId("session"),
                TestTenant.newTrace(stored.id(), missing).sessionId("session")));

        assertThat(result).extracting(RefusedTrace::index).containsExactly(0);
        assertThat(traces.findAll(List.of(stored.id(), earlier.id())).values())
                .allMatch(trace -> trace.sessionId().equals(Optional.of("session")));
    }

    @Test
    void aRefusedSpanIsNamedByItsPathAndKeepsOutItsTraceOnly() {
        NewSpan bad = span().maxTokens(-1);
        NewTrace good = newTrace().spans(List.of(span(), span()));
        NewTrace refused = newTrace().spans(List.of(span(), span(), bad));

        List<RefusedTrace> result = traces.recordAccepted(List.of(good, refused));

        assertThat(result).hasSize(1).first().satisfies(each -> {
            assertThat(each.refusal()).isInstanceOf(InvalidValueException.class);
            assertThat(each.refusal().field()).isEqualTo("max_tokens");
            assertThat(each.refusal().path()).hasValue("traces[1].spans[2]");
            assertThat(each.refusal().elementId()).hasValue(bad.id());
            assertThat(each).hasToString(each.refusal().toString());
        });
        assertThat(traces.find(refused.id())).isEmpty();
        assertThat(traces.find(good.id()).orElseThrow().totals().spanCount()).isEqualTo(2);
    }

    @Test
    void storedTracesAreMerged() {
        NewTrace stored = newTrace().spans(List.of(span()));
        traces.record(stored);

        List<RefusedTrace> result = traces.recordAccepted(List.of(
                dangling(), NewTrace.ofSpans(stored.id(), project, List.of(span())), stored.sessionId("session")));

        assertThat(result).extracting(RefusedTrace::index).containsExactly(0);
        Trace merged = traces.find(stored.id()).orElseThrow();
        assertThat(merged.sessionId()).hasValue("session");
        assertThat(merged.totals().spanCount()).isEqualTo(2);
    }

    @Test
    void ofRecordsOfOneTraceTheFirstOnesAreAccepted() {
        NewTrace trace = newTrace();
        NewSpan dangling = span().modelId(UUID.randomUUID());
        List<NewTrace> batch = Stream.of(span(), span(), dangling)
                .map(span -> trace.spans(List.of(span)))
                .toList();

        List<RefusedTrace> result = traces.recordAccepted(batch);

        assertThat(result).extracting(RefusedTrace::index).containsExactly(2);
        assertThat(result.get(0).refusal().field()).isEqualTo("model_id");
        assertThat(traces.find(trace.id()).orElseThrow().totals().spanCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void tracesAreRefusedThatAreRefusedOnTheirOwn(int seed) {
        Random random = new Random(seed);
        List<NewTrace> batch = new ArrayList<>();
        List<Integer> refused = new ArrayList<>();
        int size = 1 + random.nextInt(40);
        for (int place = 0; place < size; place++) {
            NewTrace trace = random.nextInt(3) == 0 && !batch.isEmpty()
                    ? TestTenant.newTrace(
                            batch.get(random.nextInt(batch.size())).id(), project)
                    : newTrace();
            boolean isBad = random.nextInt(4) == 0;
            batch.add(trace.spans(isBad ? List.of(span(), span().modelId(UUID.randomUUID())) : List.of(span())));
            if (isBad) {
                refused.add(place);
            }
        }

        assertThat(traces.recordAccepted(batch)).extracting(RefusedTrace::index).isEqualTo(refused);
        assertThat(traces.recordAccepted(batch))
                .as("a replay")
                .extracting(RefusedTrace::index)
                .isEqualTo(refused);
        assertThat(traces.summary(TraceFilter.all()).traces())
                .isEqualTo(IntStream.range(0, batch.size())
                        .filter(place -> !refused.contains(place))
                        .mapToObj(place -> batch.get(place).id())
                        .distinct()
                        .count());
    }

    @Test
    void aTransactionOfTheCallerGoesOn() {
        NewTrace good = newTrace();
        NewTrace undone = newTrace();

        tenant.transaction(tx -> {
            assertThat(tx.traces().recordAccepted(List.of(dangling(), good))).hasSize(1);
            return tx.traces().count(TraceFilter.all());
        });
        assertThatThrownBy(() -> tenant.transaction(tx -> {
                    tx.traces().recordAccepted(List.of(dangling(), undone));
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessageContaining("rolled back");

        assertThat(traces.find(good.id())).isPresent();
        assertThat(traces.find(undone.id())).isEmpty();
    }

    @Test
    void concurrentCallsWithTheSameTracesAllSucceed() throws Exception {
        List<NewTrace> batch = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            batch.add(i % 10 == 0 ? dangling() : newTrace());
        }
        List<Callable<List<RefusedTrace>>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            List<NewTrace> shuffled = new ArrayList<>(batch);
            Collections.shuffle(shuffled, new Random(i));
            calls.add(() -> traces.recordAccepted(shuffled));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<List<RefusedTrace>> call : threads.invokeAll(calls)) {
                assertThat(call.get())
                        .hasSize(5)
                        .extracting(RefusedTrace::refusal)
                        .allMatch(FieldException.class::isInstance);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(stored()).isEqualTo(45);
    }

    @Test
    void anEmptyListTakesNoStatementAndANullElementIsRefusedBeforeAnything() {
        assertThat(traces.recordAccepted(List.of())).isEmpty();
        assertThatThrownBy(() -> traces.recordAccepted(Arrays.asList(newTrace(), null)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.path()).hasValue("traces[1]"));

        assertThat(counted.transactions()).isZero();
        assertThat(stored()).isZero();
    }

    private long stored() {
        return fixture.tenant().traces().count(TraceFilter.all());
    }

    private NewTrace newTrace() {
        return TestTenant.newTrace(UUID.randomUUID(), project);
    }

    /** A trace of a project that is not there. */
    private static NewTrace dangling() {
        return TestTenant.newTrace(UUID.randomUUID(), UUID.randomUUID());
    }

    private static NewSpan span() {
        return NewSpan.of(UUID.randomUUID(), "step", SpanKind.CHAIN, ExecutionStatus.SUCCESS, NOON);
    }
}
