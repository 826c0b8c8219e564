package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Usage counts once, although parents repeat that of their children, in whatever order the spans come. */
class TraceUsageTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();
    private final UUID id = UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void theSumOfTheChildrenOnTheParentCountsOnce(int order) {
        NewSpan agent = span(1, null).inputTokens(113L).outputTokens(11L).cost(new BigDecimal("0.002"));
        NewSpan first = span(2, 1).inputTokens(56L).outputTokens(5L).cost(new BigDecimal("0.001"));
        NewSpan second = span(3, 1).inputTokens(57L).outputTokens(6L).cost(new BigDecimal("0.001"));

        recordOneByOne(order, agent, first, second);

        assertThat(totals()).isEqualTo(new TraceTotals(3, 113, 11, new BigDecimal("0.002"), 0, 0));
        assertThat(traces.findSpan(id, agent.id())
                        .orElseThrow()
                        .modelCall()
                        .usage()
                        .input())
                .as("what was reported stays on the span")
                .hasValue(113);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void theInnermostOfAgentAndToolAndCallCounts(int order) {
        recordOneByOne(
                order,
                span(1, null).inputTokens(100L).outputTokens(10L),
                span(2, 1).inputTokens(100L).outputTokens(10L),
                span(3, 2).inputTokens(100L).outputTokens(10L));

        assertThat(totals()).isEqualTo(new TraceTotals(3, 100, 10, BigDecimal.ZERO, 1, 110));
    }

    @Test
    void oneOfTwoNestedEmbeddingsCounts() {
        traces.record(NewTrace.ofSpans(
                id, project, List.of(span(1, null).inputTokens(8L), span(2, 1).inputTokens(8L))));

        assertThat(totals().inputTokens()).isEqualTo(8);
    }

    @Test
    void eachKindOfUsageCountsByItself() {
        traces.record(NewTrace.ofSpans(
                id,
                project,
                List.of(
                        span(1, null).inputTokens(100L).outputTokens(10L).cost(new BigDecimal("0.5")),
                        span(2, 1).inputTokens(90L),
                        span(3, 2).outputTokens(0L))));

        assertThat(totals()).isEqualTo(new TraceTotals(3, 90, 10, new BigDecimal("0.5"), 0, 0));
    }

    @Test
    void usageOfASpanThatIsAddedLaterReplacesItsAncestorsUsageOverSpansWithoutAny() {
        traces.record(NewTrace.ofSpans(id, project, List.of(span(1, null).inputTokens(100L), span(2, 1))));
        assertThat(totals().inputTokens()).isEqualTo(100);

        traces.addSpans(id, List.of(span(3, 2).inputTokens(70L)));
        assertThat(totals().inputTokens()).isEqualTo(70);

        traces.addSpans(id, List.of(span(4, 2).inputTokens(20L)));
        assertThat(totals().inputTokens()).isEqualTo(90);
    }

    @Test
    void whatOnlyTheTraceReportsCountsUntilASpanDoes() {
        traces.record(NewTrace.of(id, project, "ask", ExecutionStatus.SUCCESS, NOON)
                .inputTokens(12L)
                .outputTokens(3L)
                .cost(new BigDecimal("0.25")));
        assertThat(totals()).isEqualTo(new TraceTotals(0, 12, 3, new BigDecimal("0.25"), 0, 0));

        traces.addSpans(id, List.of(span(1, null).inputTokens(10L)));

        assertThat(totals()).isEqualTo(new TraceTotals(1, 10, 3, new BigDecimal("0.25"), 0, 0));
        assertThat(traces.summary(TraceFilter.all().projectId(project)).inputTokens())
                .isEqualTo(10);
    }

    @Test
    void aTraceHasTheModelThatCostMost() {
        UUID other = UUID.randomUUID();
        traces.record(NewTrace.ofSpans(
                id,
                project,
                List.of(
                        call(1, "small").cost(new BigDecimal("0.1")),
                        call(2, "large").cost(new BigDecimal("0.3")),
                        call(3, "small").cost(new BigDecimal("0.1")))));
        traces.record(NewTrace.ofSpans(
                other,
                project,
                List.of(call(1, "small").inputTokens(5L), call(2, "large").inputTokens(4L))));

        assertThat(traces.find(id).orElseThrow().modelName()).contains("large");
        assertThat(traces.find(id).orElseThrow().providerName()).contains("openai");
        assertThat(traces.find(other).orElseThrow().modelName()).contains("small");
    }

    @Test
    void theModelOfItsSpansIsFoundByTheFilter() {
        UUID model = fixture.model().id();
        traces.record(NewTrace.ofSpans(id, project, List.of(span(1, null).modelId(model))));

        assertThat(traces.list(TraceFilter.all().modelId(model), TraceOrder.NEWEST_FIRST, PageRequest.first())
                        .items())
                .extracting(Trace::id)
                .containsExactly(id);
    }

    private void recordOneByOne(int order, NewSpan... spans) {
        List<NewSpan> shuffled = new ArrayList<>(List.of(spans));
        Collections.shuffle(shuffled, new Random(order));
        shuffled.forEach(span -> traces.record(NewTrace.ofSpans(id, project, List.of(span))));
    }

    private TraceTotals totals() {
        return traces.find(id).orElseThrow().totals();
    }

    private static NewSpan call(int number, String model) {
        return span(number, null).providerName("openai").requestModel(model);
    }

    private static NewSpan span(int number, @Nullable Integer parent) {
        return NewSpan.of(
                        new UUID(0, number),
                        "step " + number,
                        SpanKind.LLM,
                        ExecutionStatus.SUCCESS,
                        NOON.plusMillis(number))
                .parentId(parent == null ? null : new UUID(0, parent));
    }
}
