package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.Count;
import io.promptforge.dao.page.Counting;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The orders and pages of a list; its filters are in {@link TraceFilterTest}. */
class TraceListTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();

    @ParameterizedTest
    @EnumSource(TraceOrder.class)
    void everyOrderGoesThroughAllPagesTiesIncluded(TraceOrder order) {
        recordSixty();
        List<UUID> expected = stored().filter(
                        trace -> !byDuration(order) || trace.duration().isPresent())
                .sorted(comparator(order))
                .map(Trace::id)
                .toList();

        List<Trace> listed = Pages.all(7, page -> traces.list(TraceFilter.all().projectId(project), order, page));

        assertThat(expected).hasSize(byDuration(order) ? 45 : 60);
        assertThat(listed).extracting(Trace::id).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(TraceOrder.class)
    void everyOrderGoesThroughAllProjects(TraceOrder order) {
        recordSixty();
        traces.record(NewTrace.of(
                        UUID.randomUUID(), fixture.project().id(), "t", ExecutionStatus.SUCCESS, NOON.plusSeconds(3))
                .endedAt(NOON.plusSeconds(11)));

        List<Trace> listed = Pages.all(25, page -> traces.list(TraceFilter.all(), order, page));

        assertThat(listed).hasSize(byDuration(order) ? 46 : 61).isSortedAccordingTo(comparator(order));
    }

    @Test
    void aListHasNoPayloads() {
        traces.record(newTrace(0).input(Json.of("big")));

        assertThat(first(TraceFilter.all()).items()).singleElement().satisfies(trace -> assertThat(trace.payload())
                .isEmpty());
    }

    @Test
    void aListIsCountedWhereThatIsAskedFor() {
        recordSixty();
        PageRequest page = PageRequest.first(10).counting(Counting.EXACT);

        assertThat(traces.list(
                                TraceFilter.all().projectId(project).status(ExecutionStatus.RUNNING),
                                TraceOrder.NEWEST_FIRST,
                                page)
                        .count())
                .contains(new Count(15, true));
        assertThat(traces.list(TraceFilter.all().projectId(project), TraceOrder.SLOWEST_FIRST, page)
                        .count())
                .contains(new Count(45, true));
    }

    @Test
    void tracesRecordedMeanwhileDoNotShiftThePages() {
        traces.record(List.of(newTrace(1), newTrace(2), newTrace(3)));
        Page<Trace> page = traces.list(TraceFilter.all(), TraceOrder.NEWEST_FIRST, PageRequest.first(2));
        traces.record(newTrace(4));

        assertThat(Pages.after(page, 2, next -> traces.list(TraceFilter.all(), TraceOrder.NEWEST_FIRST, next)))
                .extracting(Trace::startedAt)
                .containsExactly(NOON.plusSeconds(1));
    }

    @Test
    void aCursorOfAnotherFilterOrOrderIsRefusedAndOneOfTheSameFilterIsNot() {
        traces.record(List.of(newTrace(1), newTrace(2)));
        TraceFilter filter = TraceFilter.all().projectId(project).minCost(new BigDecimal("0.0"));
        String cursor = traces.list(filter, TraceOrder.NEWEST_FIRST, PageRequest.first(1))
                .next()
                .orElseThrow();
        PageRequest next = PageRequest.first(1).after(cursor);

        refused("cursor", () -> traces.list(filter, TraceOrder.OLDEST_FIRST, next));
        refused("cursor", () -> traces.list(filter, TraceOrder.MOST_EXPENSIVE_FIRST, next));
        refused("cursor", () -> traces.list(filter.text("greet"), TraceOrder.NEWEST_FIRST, next));
        refused("cursor", () -> traces.children(project, next));
        assertThat(traces.list(
                                TraceFilter.all().projectId(project).minCost(BigDecimal.ZERO),
                                TraceOrder.NEWEST_FIRST,
                                next)
                        .items())
                .hasSize(1);
    }

    @Test
    void theChildrenOfATraceAreListedTheOldestFirst() {
        UUID parent = UUID.randomUUID();
        List<NewTrace> children = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            children.add(newTrace(i).parentTraceId(parent));
        }
        Collections.shuffle(children, new Random(1));
        traces.record(children);
        traces.record(newTrace(9).parentTraceId(UUID.randomUUID()));
        fixture.trace(project);

        assertThat(Pages.all(2, page -> traces.children(parent, page)))
                .hasSize(5)
                .isSortedAccordingTo(Comparator.comparing(Trace::startedAt));
        assertThat(traces.children(UUID.randomUUID(), PageRequest.first()).items())
                .isEmpty();
    }

    /** A quarter runs; starts, durations, tokens and costs come several times. */
    private void recordSixty() {
        List<NewTrace> batch = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            boolean running = i % 4 == 0;
            NewTrace trace = NewTrace.of(
                            UUID.randomUUID(),
                            project,
                            "t",
                            running ? ExecutionStatus.RUNNING : ExecutionStatus.SUCCESS,
                            NOON.plusSeconds(i % 7))
                    .spans(List.of(NewSpan.of(UUID.randomUUID(), "s", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON)
                            .inputTokens((long) i % 5)
                            .cost(BigDecimal.valueOf(i % 6, 12))));
            batch.add(running ? trace : trace.endedAt(NOON.plusSeconds(10 + i % 3)));
        }
        Collections.shuffle(batch, new Random(1));
        traces.record(batch);
    }

    private Stream<Trace> stored() {
        return first(TraceFilter.all().projectId(project)).items().stream();
    }

    private Page<Trace> first(TraceFilter filter) {
        return traces.list(filter, TraceOrder.NEWEST_FIRST, PageRequest.first(500));
    }

    private NewTrace newTrace(int second) {
        return NewTrace.of(UUID.randomUUID(), project, "greet", ExecutionStatus.RUNNING, NOON.plusSeconds(second));
    }

    private static boolean byDuration(TraceOrder order) {
        return order == TraceOrder.SLOWEST_FIRST || order == TraceOrder.FASTEST_FIRST;
    }

    private static Comparator<Trace> comparator(TraceOrder order) {
        // PostgreSQL compares the bytes of UUIDs, Java's compareTo takes them for signed numbers
        Comparator<Trace> ids = Comparator.comparing(trace -> trace.id().toString());
        Comparator<Trace> ascending =
                switch (order) {
                    case NEWEST_FIRST, OLDEST_FIRST -> Comparator.comparing(Trace::startedAt);
                    case SLOWEST_FIRST, FASTEST_FIRST ->
                        Comparator.comparing(trace -> trace.duration().orElseThrow());
                    case MOST_TOKENS_FIRST, FEWEST_TOKENS_FIRST ->
                        Comparator.comparing(trace -> trace.totals().totalTokens());
                    case MOST_EXPENSIVE_FIRST, CHEAPEST_FIRST ->
                        Comparator.comparing(trace -> trace.totals().cost());
                };
        Comparator<Trace> unique = ascending.thenComparing(ids);
        return switch (order) {
            case OLDEST_FIRST, FASTEST_FIRST, FEWEST_TOKENS_FIRST, CHEAPEST_FIRST -> unique;
            default -> unique.reversed();
        };
    }

    private static void refused(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo(field));
    }
}
