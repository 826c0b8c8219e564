package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.TestDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TraceRepositoryTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();
    private final UUID id = UUID.randomUUID();

    @Test
    void theTotalsOfATraceAreTheSumsOverItsSpans() {
        traces.record(List.of(
                newTrace()
                        .spans(List.of(
                                span().inputTokens(1000L)
                                        .outputTokens(20L)
                                        .cost(new BigDecimal("0.000000000001"))
                                        .build(),
                                span().inputTokens(5_000_000_000L)
                                        .cost(new BigDecimal("1.5"))
                                        .build(),
                                span().outputTokens(3L).build(),
                                span().build()))
                        .build(),
                TestTenant.newTrace(UUID.randomUUID(), project)
                        .spans(List.of(span().inputTokens(7L).build()))
                        .build()));

        TraceTotals totals = traces.find(id).orElseThrow().trace().totals();

        assertThat(totals).isEqualTo(new TraceTotals(4, 5_000_001_000L, 23, new BigDecimal("1.500000000001")));
        assertThat(totals.totalTokens()).isEqualTo(5_000_001_023L);
    }

    @Test
    void aTraceWithoutSpansHasZeroTotals() {
        traces.record(List.of(newTrace().build()));

        TraceTree tree = traces.find(id).orElseThrow();

        assertThat(tree.trace().totals()).isEqualTo(new TraceTotals(0, 0, 0, BigDecimal.ZERO));
        assertThat(tree.roots()).isEmpty();
    }

    @Test
    void recordingNothingDoesNothing() {
        traces.record(List.of());

        assertThat(traces.list(project, PageRequest.first()).items()).isEmpty();
    }

    @Test
    void spansComeBackAsATreeOrderedByTheirStart() {
        NewSpan root = span("root", 0).build();
        NewSpan late = span("late", 2).parentId(root.id()).build();
        NewSpan early = span("early", 1).parentId(root.id()).build();
        NewSpan leaf = span("leaf", 3).parentId(late.id()).build();
        traces.record(List.of(newTrace().spans(List.of(leaf, late, early, root)).build()));

        List<SpanNode> roots = traces.find(id).orElseThrow().roots();

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
                        NewSpan.builder(UUID.randomUUID(), "old", SpanKind.TOOL, ExecutionStatus.SUCCESS, longAgo)
                                .build(),
                        span().build(),
                        NewSpan.builder(UUID.randomUUID(), "new", SpanKind.TOOL, ExecutionStatus.SUCCESS, farAhead)
                                .build()))
                .build()));

        assertThat(traces.find(id).orElseThrow().roots())
                .extracting(node -> node.span().startedAt())
                .containsExactly(longAgo, NOON, farAhead);
    }

    @Test
    void theSameSpanIdMayBeInAnotherTrace() {
        NewSpan span = span().build();
        UUID other = UUID.randomUUID();
        traces.record(List.of(
                newTrace().spans(List.of(span)).build(),
                TestTenant.newTrace(other, project).spans(List.of(span)).build()));

        assertThat(traces.find(id).orElseThrow().roots()).hasSize(1);
        assertThat(traces.find(other).orElseThrow().roots()).hasSize(1);
    }

    @Test
    void tracesAreListedByTheirStartWhateverTheOrderTheyCameIn() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(UUID.randomUUID());
        }
        for (int i : new int[] {3, 0, 4, 2, 1}) {
            traces.record(List.of(
                    NewTrace.builder(ids.get(i), project, "t", ExecutionStatus.RUNNING, NOON.plus(i, ChronoUnit.MICROS))
                            .build()));
        }
        fixture.trace(fixture.project().id());

        assertThat(Pages.all(2, page -> traces.list(project, page)))
                .extracting(Trace::id)
                .isEqualTo(ids);
    }

    @Test
    void anUnknownTraceIsNotFound() {
        assertThat(traces.find(UUID.randomUUID())).isEmpty();
        assertThat(traces.list(UUID.randomUUID(), PageRequest.first()).items()).isEmpty();
    }

    private NewTrace.Builder newTrace() {
        return TestTenant.newTrace(id, project);
    }

    private static NewSpan.Builder span() {
        return span("step", 0);
    }

    private static NewSpan.Builder span(String name, int seconds) {
        return NewSpan.builder(
                UUID.randomUUID(), name, SpanKind.CHAIN, ExecutionStatus.SUCCESS, NOON.plusSeconds(seconds));
    }
}
