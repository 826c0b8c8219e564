package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TraceRepositoryTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();
    private final UUID id = UUID.randomUUID();

    @Test
    void theTotalsOfATraceAreTheSumsOverItsSpans() {
        traces.record(List.of(
                newTrace()
                        .spans(List.of(
                                span().inputTokens(1000L).outputTokens(20L).cost(new BigDecimal("0.000000000001")),
                                span().inputTokens(5_000_000_000L).cost(new BigDecimal("1.5")),
                                span().outputTokens(3L),
                                span())),
                TestTenant.newTrace(UUID.randomUUID(), project).spans(List.of(span().inputTokens(7L)))));

        TraceTotals totals = traces.find(id).orElseThrow().totals();

        assertThat(totals).isEqualTo(new TraceTotals(4, 5_000_001_000L, 23, new BigDecimal("1.500000000001"), 1, 3));
        assertThat(totals.totalTokens()).isEqualTo(5_000_001_023L);
    }

    @Test
    void manyTracesAreReadByTheirIdsInTheirOrderWithoutPayloads() {
        UUID other = UUID.randomUUID();
        traces.record(List.of(
                newTrace().input(Json.of("big")).spans(List.of(span().inputTokens(2L))),
                TestTenant.newTrace(other, project)));

        Map<UUID, Trace> found = traces.findAll(List.of(other, UUID.randomUUID(), id, other));

        assertThat(found.keySet()).containsExactly(other, id);
        assertThat(requireNonNull(found.get(id)).totals().inputTokens()).isEqualTo(2);
        assertThat(requireNonNull(found.get(id)).payload()).isEmpty();
        assertThat(found.values())
                .containsExactlyElementsOf(List.of(other, id).stream()
                        .map(each -> traces.tree(each).orElseThrow().trace())
                        .toList());
        assertThat(traces.findAllWithPayloads(List.of(other, UUID.randomUUID(), id, other))
                        .values())
                .containsExactlyElementsOf(List.of(other, id).stream()
                        .map(each -> traces.find(each).orElseThrow())
                        .toList());
    }

    @Test
    void theTracesThatPassAFilterAreCounted() {
        traces.record(List.of(
                newTrace().environment("production"),
                TestTenant.newTrace(UUID.randomUUID(), project).environment("production"),
                TestTenant.newTrace(UUID.randomUUID(), project)));

        assertThat(traces.count(TraceFilter.all())).isEqualTo(3);
        assertThat(traces.count(TraceFilter.all().environment("production"))).isEqualTo(2);
        assertThat(traces.count(TraceFilter.all().environment("test"))).isZero();
    }

    @Test
    void aTraceWithoutSpansHasZeroTotals() {
        traces.record(List.of(newTrace()));

        TraceTree tree = traces.tree(id).orElseThrow();

        assertThat(tree.trace().totals()).isEqualTo(new TraceTotals(0, 0, 0, BigDecimal.ZERO, 0, 0));
        assertThat(tree.roots()).isEmpty();
    }

    @Test
    void spansComeBackAsATreeOrderedByTheirStart() {
        NewSpan root = span("root", 0);
        NewSpan late = span("late", 2).parentId(root.id());
        NewSpan early = span("early", 1).parentId(root.id());
        NewSpan leaf = span("leaf", 3).parentId(late.id());
        traces.record(List.of(newTrace().spans(List.of(leaf, late, early, root))));

        List<SpanNode> roots = traces.tree(id).orElseThrow().roots();

        assertThat(roots).extracting(node -> node.span().name()).containsExactly("root");
        assertThat(roots.get(0).children())
                .extracting(node -> node.span().name())
                .containsExactly("early", "late");
        assertThat(roots.get(0).children().get(1).children())
                .extracting(node -> node.span().name())
                .containsExactly("leaf");
    }

    @Test
    void aSpanMayBeInAnyMonthEvenOneWithoutAPartition() {
        Instant longAgo = Instant.parse("1999-12-31T23:59:59.999999Z");
        Instant farAhead = Instant.parse("2199-01-01T00:00:00Z");
        traces.record(List.of(newTrace()
                .spans(List.of(
                        NewSpan.of(UUID.randomUUID(), "old", SpanKind.TOOL, ExecutionStatus.SUCCESS, longAgo),
                        span(),
                        NewSpan.of(UUID.randomUUID(), "new", SpanKind.TOOL, ExecutionStatus.SUCCESS, farAhead)))));

        assertThat(traces.tree(id).orElseThrow().roots())
                .extracting(node -> node.span().startedAt())
                .containsExactly(longAgo, NOON, farAhead);
    }

    @Test
    void theSameSpanIdMayBeInAnotherTrace() {
        NewSpan span = span();
        UUID other = UUID.randomUUID();
        traces.record(List.of(
                newTrace().spans(List.of(span)),
                TestTenant.newTrace(other, project).spans(List.of(span))));

        assertThat(traces.tree(id).orElseThrow().roots()).hasSize(1);
        assertThat(traces.tree(other).orElseThrow().roots()).hasSize(1);
    }

    @Test
    void aTraceAndASpanAreFoundWithTheirPayloadsAndATreeHasThemOnlyWhereTheyAreAskedFor() {
        NewSpan span = span().input(Json.of("in")).output(Json.of("out"));
        traces.record(newTrace()
                .input(Json.of("question"))
                .metadata(Json.of(Map.of("host", "a")))
                .spans(List.of(span)));
        TracePayload ofTrace = new TracePayload(
                Optional.of(Json.of("question")), Optional.empty(), Json.of(Map.of("host", "a")), Optional.empty());
        SpanPayload ofSpan = new SpanPayload(
                Optional.of(Json.of("in")),
                Optional.of(Json.of("out")),
                Json.emptyObject(),
                Json.emptyArray(),
                Optional.empty());

        Trace found = traces.find(id).orElseThrow();
        TraceTree tree = traces.tree(id).orElseThrow();
        TraceTree full = traces.treeWithPayloads(id).orElseThrow();

        assertThat(found.payload()).contains(ofTrace);
        assertThat(traces.findSpan(id, span.id()).orElseThrow().payload()).contains(ofSpan);
        assertThat(tree.trace().payload()).isEmpty();
        assertThat(tree.roots().get(0).span().payload()).isEmpty();
        assertThat(full.trace()).isEqualTo(found);
        assertThat(full.roots())
                .extracting(SpanNode::span)
                .containsExactly(traces.findSpan(id, span.id()).orElseThrow());
    }

    @Test
    void unknownIdsAreNotFound() {
        traces.record(newTrace().spans(List.of(span())));
        UUID unknown = UUID.randomUUID();

        assertThat(traces.find(unknown)).isEmpty();
        assertThat(traces.tree(unknown)).isEmpty();
        assertThat(traces.treeWithPayloads(unknown)).isEmpty();
        assertThat(traces.findSpan(id, unknown)).isEmpty();
        assertThat(traces.findSpan(unknown, span().id())).isEmpty();
    }

    @Test
    void aTraceIsRecordedInTheTransactionOfTheCaller() {
        UUID lost = UUID.randomUUID();

        fixture.tenant().transaction(tx -> {
            tx.traces().record(newTrace());
            assertThatThrownBy(() -> tx.traces()
                            .record(List.of(
                                    TestTenant.newTrace(lost, project),
                                    TestTenant.newTrace(UUID.randomUUID(), UUID.randomUUID()))))
                    .isInstanceOf(InvalidReferenceException.class);
            tx.traces().addSpans(id, List.of(span()));
            return tx.traces().find(lost);
        });

        assertThat(traces.find(lost)).isEmpty();
        assertThat(traces.find(id).orElseThrow().totals().spanCount()).isEqualTo(1);
    }

    private NewTrace newTrace() {
        return TestTenant.newTrace(id, project);
    }

    private static NewSpan span() {
        return span("step", 0);
    }

    private static NewSpan span(String name, int seconds) {
        return NewSpan.of(UUID.randomUUID(), name, SpanKind.CHAIN, ExecutionStatus.SUCCESS, NOON.plusSeconds(seconds));
    }
}
