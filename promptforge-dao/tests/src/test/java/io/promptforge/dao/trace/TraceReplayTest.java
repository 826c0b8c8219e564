package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.NewAiModel;
import io.promptforge.dao.model.NewPriceList;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of a trace whose records come late, twice or out of order, one case at a time. */
class TraceReplayTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();
    private final UUID id = UUID.randomUUID();
    private final UUID spanId = UUID.randomUUID();

    @Test
    void aRunningSpanThatIsFinishedLaterKeepsWhatOnlyItsBeginningTold() {
        traces.record(ofSpans(running().input(Json.of("question")).inputTokens(90L)));
        traces.record(ofSpans(ended("chat gpt-4", NOON.plusSeconds(2))
                .inputTokens(80L)
                .outputTokens(7L)
                .output(Json.of("answer"))));

        Span span = traces.findSpan(id, spanId).orElseThrow();

        assertThat(span.name()).isEqualTo("chat gpt-4");
        assertThat(span.status()).isEqualTo(ExecutionStatus.SUCCESS);
        assertThat(span.payload().orElseThrow().input()).contains(Json.of("question"));
        assertThat(span.payload().orElseThrow().output()).contains(Json.of("answer"));
        assertThat(span.modelCall().usage().input()).isEqualTo(OptionalLong.of(80));
        assertThat(totals()).isEqualTo(new TraceTotals(1, 80, 7, BigDecimal.ZERO, 1, 87));
    }

    @Test
    void aRunningSpanThatComesAfterItsEndChangesNothing() {
        NewSpan end = ended("chat gpt-4", NOON.plusSeconds(2)).inputTokens(80L);
        traces.record(ofSpans(end));
        Span before = traces.findSpan(id, spanId).orElseThrow();

        traces.record(ofSpans(running().inputTokens(90L)));

        assertThat(traces.findSpan(id, spanId)).contains(before);
    }

    @Test
    void aSpanWhoseStartWasCorrectedMovesToTheMonthOfItsStart() {
        Instant corrected = NOON.plus(Duration.ofDays(20));
        traces.record(ofSpans(running()));

        traces.record(ofSpans(NewSpan.of(spanId, "call", SpanKind.LLM, ExecutionStatus.SUCCESS, corrected)
                .inputTokens(5L)));

        assertThat(traces.findSpan(id, spanId).orElseThrow().startedAt()).isEqualTo(corrected);
        assertThat(DATABASE.query("SELECT id FROM promptforge.spans_y2026m12 WHERE id = '" + spanId + "'"))
                .containsExactly(spanId.toString());
        assertThat(totals()).isEqualTo(new TraceTotals(1, 5, 0, BigDecimal.ZERO, 1, 5));
    }

    @Test
    void spansBeforeTheirTraceDescribeItUntilItComes() {
        traces.record(ofSpans(ended("first", NOON.plusSeconds(3))));

        Trace described = traces.find(id).orElseThrow();
        assertThat(described.name()).isEqualTo("first");
        assertThat(described.status()).isEqualTo(ExecutionStatus.SUCCESS);
        assertThat(described.startedAt()).isEqualTo(NOON);
        assertThat(described.endedAt()).contains(NOON.plusSeconds(3));

        traces.record(NewTrace.of(id, project, "POST /chat", ExecutionStatus.ERROR, NOON.plusSeconds(1))
                .endedAt(NOON.plusSeconds(4)));

        Trace known = traces.find(id).orElseThrow();
        assertThat(known.name()).isEqualTo("POST /chat");
        assertThat(known.status()).isEqualTo(ExecutionStatus.ERROR);
        assertThat(known.startedAt()).isEqualTo(NOON.plusSeconds(1));
        assertThat(known.totals().spanCount()).isEqualTo(1);
    }

    @Test
    void halvesOfASpanGetTheCostOfTheWhole() {
        AiModel model = model();
        NewSpan input = call().requestModel(model.providerModelId()).inputTokens(1_000L);
        NewSpan output = call().outputTokens(2_000L);

        traces.record(ofSpans(output));
        assertThat(traces.findSpan(id, spanId).orElseThrow().modelCall().cost()).isEmpty();
        traces.record(ofSpans(input));

        assertThat(traces.findSpan(id, spanId).orElseThrow().modelCall().cost()).contains(new BigDecimal("0.009"));
        assertThat(totals()).isEqualTo(new TraceTotals(1, 1_000, 2_000, new BigDecimal("0.009"), 0, 0));
    }

    @Test
    void aReplayAfterAChangeOfPricesKeepsTheCost() {
        AiModel model = model();
        NewTrace trace = ofSpans(call().requestModel(model.providerModelId()).inputTokens(1_000L));
        traces.record(trace);
        fixture.tenant()
                .models()
                .setPrices(model.id(), NewPriceList.of(Instant.EPOCH, ModelPrices.perMillion("77", "77")));

        traces.record(trace);

        assertThat(totals().cost()).isEqualTo(new BigDecimal("0.001"));
    }

    @Test
    void aReportedCostStaysAheadOfACalculatedOneWhicheverComesFirst() {
        AiModel model = model();
        NewSpan calculated = call().requestModel(model.providerModelId()).inputTokens(1_000L);
        NewSpan reported = call().cost(new BigDecimal("0.5"));

        traces.record(ofSpans(calculated));
        traces.record(ofSpans(reported));
        assertThat(totals().cost()).isEqualTo(new BigDecimal("0.5"));
        traces.record(ofSpans(calculated));
        assertThat(totals().cost()).isEqualTo(new BigDecimal("0.5"));
    }

    @Test
    void aTraceThatWasFinishedTakesWhatItsOwnRecordSays() {
        traces.record(NewTrace.of(id, project, "running", ExecutionStatus.RUNNING, NOON)
                .environment("staging")
                .sessionId("s"));
        traces.finish(
                id,
                TraceOutcome.of(ExecutionStatus.SUCCESS, NOON.plusSeconds(9)).output(Json.of("told by finish")));

        traces.record(NewTrace.of(id, project, "ended", ExecutionStatus.SUCCESS, NOON.plusSeconds(1))
                .endedAt(NOON.plusSeconds(8))
                .environment("production"));

        Trace trace = traces.find(id).orElseThrow();
        assertThat(trace.name()).isEqualTo("ended");
        assertThat(trace.startedAt()).isEqualTo(NOON.plusSeconds(1));
        assertThat(trace.endedAt()).contains(NOON.plusSeconds(9));
        assertThat(trace.environment()).contains("production");
        assertThat(trace.sessionId()).contains("s");
        assertThat(trace.payload().orElseThrow().output()).contains(Json.of("told by finish"));
    }

    @Test
    void aTraceOfWhichOnlySpansWereKnownCanBeFinished() {
        traces.record(ofSpans(call()));

        traces.finish(id, TraceOutcome.of(ExecutionStatus.SUCCESS, NOON.plusSeconds(9)));
        traces.record(NewTrace.of(id, project, "late", ExecutionStatus.SUCCESS, NOON.plusSeconds(1)));

        Trace trace = traces.find(id).orElseThrow();
        assertThat(trace.name()).isEqualTo("late");
        assertThat(trace.startedAt()).isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void attributesOfTwoRecordsAreBroughtTogether() {
        traces.record(ofSpans(call().attributes(Json.of(Map.of("a", 1, "b", "x")))));
        traces.record(ofSpans(call().attributes(Json.of(Map.of("b", "longer", "c", List.of())))));

        assertThat(traces.findSpan(id, spanId).orElseThrow().payload().map(SpanPayload::attributes))
                .isEqualTo(Optional.of(Json.of(Map.of("a", 1, "b", "longer", "c", List.of()))));
    }

    private AiModel model() {
        return fixture.tenant()
                .models()
                .create(NewAiModel.of(fixture.provider().id(), "Priced", TestTenant.newName("priced"))
                        .prices(ModelPrices.perMillion("1", "4")));
    }

    private TraceTotals totals() {
        return traces.find(id).orElseThrow().totals();
    }

    private NewTrace ofSpans(NewSpan span) {
        return NewTrace.ofSpans(id, project, List.of(span));
    }

    private NewSpan running() {
        return NewSpan.of(spanId, "call", SpanKind.OTHER, ExecutionStatus.RUNNING, NOON);
    }

    private NewSpan ended(String name, Instant end) {
        return NewSpan.of(spanId, name, SpanKind.LLM, ExecutionStatus.SUCCESS, NOON)
                .endedAt(end);
    }

    private NewSpan call() {
        return NewSpan.of(spanId, "call", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON);
    }
}
