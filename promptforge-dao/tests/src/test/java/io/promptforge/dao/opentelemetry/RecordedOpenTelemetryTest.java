package io.promptforge.dao.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.opentelemetry.OpenTelemetrySpan.StatusCode;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.Span;
import io.promptforge.dao.trace.SpanNode;
import io.promptforge.dao.trace.SpanPayload;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.trace.TraceRepository;
import io.promptforge.dao.trace.TraceTree;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was read of OpenTelemetry's spans is what the database takes and gives back. */
class RecordedOpenTelemetryTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();

    @Test
    void theEarliestOfTwoRootsInTwoCallsIsTheRoot() {
        long start = 1_764_000_000_000_000_000L;
        for (OpenTelemetrySpan root : List.of(
                OpenTelemetrySpan.of(Sent.TRACE, "0000000000000012", "z early", start)
                        .endEpochNanos(start + 5_000_000),
                OpenTelemetrySpan.of(Sent.TRACE, "0000000000000011", "a late", start + 1_000_000)
                        .endEpochNanos(start + 9_000_000))) {
            traces.record(
                    OpenTelemetryTraces.of(project, Map.of(), List.of(root)).traces());
        }

        Trace trace = traces.find(OpenTelemetryIds.traceId(Sent.TRACE)).orElseThrow();
        assertThat(trace.name()).isEqualTo("z early");
        assertThat(trace.status()).isEqualTo(ExecutionStatus.SUCCESS);
        assertThat(trace.duration()).contains(Duration.ofMillis(5));
    }

    @Test
    void spansOfEveryConventionComeBackByTheirHexadecimalIds() {
        long end = Sent.END - 1_000;
        List<OpenTelemetrySpan> spans = List.of(
                child(
                                "0000000000000002",
                                Map.of(
                                        "gen_ai.operation.name", "chat",
                                        "gen_ai.provider.name", "openai",
                                        "gen_ai.request.model", "gpt-4",
                                        "gen_ai.usage.input_tokens", 100,
                                        "gen_ai.usage.output_tokens", "20",
                                        "gen_ai.input.messages", "[{\"role\":\"user\"}]"))
                        .endEpochNanos(end),
                child(
                                "0000000000000003",
                                Map.of(
                                        "openinference.span.kind", "RETRIEVER",
                                        "input.value", "why?",
                                        "retrieval.documents.0.document.id", "d1"))
                        .endEpochNanos(end),
                child(
                                "0000000000000004",
                                Map.of("traceloop.span.kind", "tool", "traceloop.entity.input", "{\"city\":\"Paris\"}"))
                        .endEpochNanos(end)
                        .statusCode(StatusCode.ERROR)
                        .statusMessage("no such city")
                        .event("exception", end, Map.of("exception.type", "NotFound")),
                child("0000000000000005", Map.of("note", "a\0b")),
                Sent.root().attributes(Map.of("gen_ai.operation.name", "invoke_agent", "user.id", "ada")));
        traces.record(OpenTelemetryTraces.of(
                        project, Map.of("service.name", "shop", "deployment.environment.name", "test"), spans)
                .traces());

        TraceTree tree =
                traces.treeWithPayloads(OpenTelemetryIds.traceId(Sent.TRACE)).orElseThrow();
        Trace trace = tree.trace();
        assertThat(OpenTelemetryIds.traceId(trace.id())).isEqualTo(Sent.TRACE);
        assertThat(trace.name()).isEqualTo("answer");
        assertThat(trace.environment()).contains("test");
        assertThat(trace.endUserId()).contains("ada");
        assertThat(trace.modelName()).contains("gpt-4");
        assertThat(trace.providerName()).contains("openai");
        assertThat(trace.totals().inputTokens()).isEqualTo(100);
        assertThat(trace.totals().outputTokens()).isEqualTo(20);

        Map<String, Span> stored = new LinkedHashMap<>();
        tree.roots().forEach(root -> collect(root, stored));
        assertThat(stored.keySet())
                .containsExactlyInAnyOrder(
                        Sent.SPAN, "0000000000000002", "0000000000000003", "0000000000000004", "0000000000000005");
        assertThat(stored.values())
                .filteredOn(span -> span.parentId().isPresent())
                .hasSize(4)
                .allMatch(span ->
                        OpenTelemetryIds.spanId(span.parentId().orElseThrow()).equals(Sent.SPAN));
        assertThat(stored.values())
                .extracting(Span::kind)
                .containsExactlyInAnyOrder(
                        SpanKind.AGENT, SpanKind.LLM, SpanKind.RETRIEVAL, SpanKind.TOOL, SpanKind.OTHER);
        Span tool = span(stored, "0000000000000004");
        assertThat(tool.status()).isEqualTo(ExecutionStatus.ERROR);
        assertThat(tool.errorType()).contains("NotFound");
        assertThat(payload(tool).input()).contains(Json.parse("{\"city\":\"Paris\"}"));
        assertThat(payload(span(stored, "0000000000000003")).output())
                .contains(Json.parse("[{\"document\":{\"id\":\"d1\"}}]"));
        Span running = span(stored, "0000000000000005");
        assertThat(running.status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(payload(running).attributes())
                .isEqualTo(Json.of(Map.of("note", "a\ufffdb", "service.name", "shop")));
    }

    @ParameterizedTest
    @MethodSource("io.promptforge.dao.opentelemetry.RecordedSpansTest#sent")
    void theDatabaseTakesWhatAnSdkSends(Path sent) {
        List<NewTrace> read = SentFile.map(project, sent).traces();
        traces.record(read);

        for (NewTrace trace : read) {
            Map<String, Span> stored = new LinkedHashMap<>();
            traces.tree(trace.id()).orElseThrow().roots().forEach(root -> collect(root, stored));
            assertThat(stored).hasSameSizeAs(trace.spans());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theDatabaseTakesWhateverASenderSends(long seed) {
        ArbitrarySpans arbitrary = new ArbitrarySpans(seed);
        List<OpenTelemetrySpan> spans =
                IntStream.range(0, 300).mapToObj(arbitrary::span).toList();

        List<NewTrace> read =
                OpenTelemetryTraces.of(project, arbitrary.attributes(), spans).traces();
        traces.record(read);

        for (NewTrace trace : read) {
            Map<String, Span> stored = new LinkedHashMap<>();
            traces.treeWithPayloads(trace.id()).orElseThrow().roots().forEach(root -> collect(root, stored));
            for (NewSpan span : trace.spans()) {
                SpanPayload payload = payload(span(stored, OpenTelemetryIds.spanId(span.id())));
                assertThat(payload.attributes()).isEqualTo(span.attributes());
                assertThat(payload.events()).isEqualTo(span.events());
                assertThat(payload.input().orElse(null)).isEqualTo(span.input());
                assertThat(payload.output().orElse(null)).isEqualTo(span.output());
            }
        }
    }

    @Test
    void tooLargeValuesAreCutVisiblyAndStored() {
        Map<String, Object> many = new LinkedHashMap<>();
        IntStream.range(0, 100_000).forEach(i -> many.put("attribute " + i, i));
        String big = "x".repeat(17 * 1024 * 1024);
        OpenTelemetrySpan events = child("0000000000000003", Map.of());
        for (int i = 0; i < 100; i++) {
            events = events.event("event", Sent.START, Map.of("a", "y".repeat(60_000)));
        }
        List<OpenTelemetrySpan> spans = List.of(
                Sent.root()
                        .attributes(Map.of(
                                "input.value", big,
                                "output.value", "y".repeat(16 * 1024 * 1024 - 100),
                                "small", List.of(1))),
                child("0000000000000002", many),
                events,
                child("0000000000000004", Map.of("vector", new double[500_000])),
                child("0000000000000005", Map.of("input.value", "[" + "1,".repeat(3_000_000) + "1]")));
        traces.record(OpenTelemetryTraces.of(project, Map.of("service.name", "shop", "big", big), spans)
                .traces());

        UUID trace = OpenTelemetryIds.traceId(Sent.TRACE);
        SpanPayload root = payload(trace, Sent.SPAN);
        assertThat(root.input())
                .hasValueSatisfying(input ->
                        assertThat(input.text()).startsWith("\"xxx").endsWith("… (cut: it had 17825792 characters)\""));
        assertThat(root.output()).isPresent();
        assertThat(root.attributes()).isEqualTo(Json.of(Map.of("small", List.of(1), "service.name", "shop")));
        assertThat(payload(trace, "0000000000000002").attributes().text())
                .contains("\"attribute 0\":0", "promptforge.dropped_count");
        assertThat(payload(trace, "0000000000000003").events().text()).contains("promptforge.dropped_count");
        assertThat(payload(trace, "0000000000000004").attributes().text()).contains("left out: up to");
        assertThat(payload(trace, "0000000000000005").input())
                .as("a list that is small as a text only")
                .hasValueSatisfying(
                        input -> assertThat(input.text()).startsWith("[1,1").contains("promptforge.dropped_count"));
        assertThat(traces.find(trace)
                        .orElseThrow()
                        .payload()
                        .orElseThrow()
                        .metadata()
                        .text())
                .contains("shop", "cut: it had");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 50})
    void finishReasonsFillTheirColumnToTheBrim(int length) {
        List<String> reasons = new ArrayList<>();
        while (AttributeParsers.texts(reasons) != null || reasons.isEmpty()) {
            reasons.add("é".repeat(length));
        }
        List<String> fitting = reasons.subList(1, reasons.size());
        traces.record(OpenTelemetryTraces.of(
                        project,
                        Map.of(),
                        List.of(Sent.root().attributes(Map.of("gen_ai.response.finish_reasons", fitting))))
                .traces());

        assertThat(traces.findSpan(OpenTelemetryIds.traceId(Sent.TRACE), OpenTelemetryIds.spanId(Sent.SPAN)))
                .hasValueSatisfying(
                        span -> assertThat(span.modelCall().finishReasons()).isEqualTo(fitting));
    }

    private static OpenTelemetrySpan child(String id, Map<String, ?> attributes) {
        return OpenTelemetrySpan.of(Sent.TRACE, id, "step", Sent.START + 1_000)
                .parentSpanId(Sent.SPAN)
                .attributes(attributes);
    }

    private static void collect(SpanNode node, Map<String, Span> spans) {
        spans.put(OpenTelemetryIds.spanId(node.span().id()), node.span());
        node.children().forEach(child -> collect(child, spans));
    }

    private static Span span(Map<String, Span> spans, String id) {
        return Objects.requireNonNull(spans.get(id), id);
    }

    private SpanPayload payload(UUID trace, String span) {
        return payload(traces.findSpan(trace, OpenTelemetryIds.spanId(span)).orElseThrow());
    }

    private static SpanPayload payload(Span span) {
        return span.payload().orElseThrow();
    }
}
