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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Records that differ in little from stored ones are merged, and not taken for replays of them. */
class AlmostReplayedTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final UUID SPAN = new UUID(0, 1);

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();
    private final UUID id = UUID.randomUUID();

    @Test
    void aDocumentOfEqualLengthIsCompared() {
        traces.record(trace("a").output(Json.of("no")).spans(List.of(span().attributes(Json.of(Map.of("k", 1))))));
        traces.record(trace("a").output(Json.of("ok")).spans(List.of(span().attributes(Json.of(Map.of("k", 1))))));
        assertThat(stored().payload().orElseThrow().output()).contains(Json.of("ok"));

        traces.record(trace("a").output(Json.of("ok")).spans(List.of(span().attributes(Json.of(Map.of("k", 2))))));
        assertThat(storedSpan().payload().orElseThrow().attributes()).isEqualTo(Json.of(Map.of("k", 2)));
    }

    @Test
    void neighbouringTextsAreTwoValues() {
        traces.record(trace("a").providerName("a").modelName("bc"));
        traces.record(trace("a").providerName("ab").modelName("c"));

        assertThat(stored().providerName()).contains("ab");
        assertThat(stored().modelName()).contains("c");
    }

    @Test
    void aValueOfAnotherFieldIsAnother() {
        traces.record(trace("a").sessionId("x"));
        traces.record(trace("a").endUserId("x"));

        assertThat(stored().sessionId()).contains("x");
        assertThat(stored().endUserId()).contains("x");
    }

    @Test
    void microsecondsCount() {
        traces.record(trace("a").endedAt(NOON.plusSeconds(1)));
        traces.record(trace("a").endedAt(NOON.plusSeconds(1).plusNanos(1_000)));

        assertThat(stored().endedAt()).contains(NOON.plusSeconds(1).plusNanos(1_000));
    }

    @Test
    void aValueThatOnlyTheRunningTraceHadBecomesFinalWhenItIsReportedAgain() {
        NewTrace running = NewTrace.of(id, project, "a", ExecutionStatus.RUNNING, NOON);
        NewTrace ended =
                NewTrace.of(id, project, "a", ExecutionStatus.SUCCESS, NOON).endedAt(NOON.plusSeconds(1));
        traces.record(running.environment("b"));
        traces.record(ended);
        traces.record(ended.environment("b"));

        traces.record(running.environment("c"));

        assertThat(stored().environment()).contains("b");
    }

    @Test
    void whatIsReportedLaterDoesNotPriceASpanAnew() {
        AiModel model = fixture.tenant()
                .models()
                .create(NewAiModel.of(fixture.provider().id(), "Priced", TestTenant.newName("priced"))
                        .prices(ModelPrices.perMillion("1", "4")));
        NewSpan call = span().requestModel(model.providerModelId()).inputTokens(1_000L);
        traces.record(trace("a").spans(List.of(call)));
        fixture.tenant()
                .models()
                .setPrices(model.id(), NewPriceList.of(Instant.EPOCH, ModelPrices.perMillion("77", "77")));

        traces.record(trace("a").spans(List.of(call.output(Json.of("late")))));

        assertThat(storedSpan().payload().orElseThrow().output()).contains(Json.of("late"));
        assertThat(storedSpan().modelCall().cost()).contains(new BigDecimal("0.001"));
    }

    private NewTrace trace(String name) {
        return NewTrace.of(id, project, name, ExecutionStatus.SUCCESS, NOON);
    }

    private static NewSpan span() {
        return NewSpan.of(SPAN, "call", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON);
    }

    private Trace stored() {
        return traces.find(id).orElseThrow();
    }

    private Span storedSpan() {
        return traces.findSpan(id, SPAN).orElseThrow();
    }
}
