package io.promptforge.dao.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.evaluation.NewEvaluation;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.evaluation.ResultOutcome;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.EvaluationType;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Big documents: any number of them in one batch, and the element and field of one that is too big. */
class TraceSizeTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private static final int MEBIBYTE = 1_048_576;

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID id = UUID.randomUUID();

    @Test
    void aBatchMayBeBiggerThanOneParameter() {
        List<NewSpan> spans = IntStream.range(0, 36)
                .mapToObj(i -> span().input(text(MEBIBYTE)))
                .toList();
        UUID other = UUID.randomUUID();

        traces.record(List.of(trace(id, spans.subList(0, 20)), trace(other, spans.subList(20, 36))));

        assertThat(lengths(id)).hasSize(20).containsOnly(MEBIBYTE);
        assertThat(lengths(other)).hasSize(16).containsOnly(MEBIBYTE);
        assertThat(traces.find(other).orElseThrow().totals().spanCount()).isEqualTo(16);

        traces.record(trace(
                id, spans.stream().map(span -> span.output(text(MEBIBYTE))).toList()));

        assertThat(lengths(id)).hasSize(36).containsOnly(MEBIBYTE);
        assertThat(traces.find(id).orElseThrow().totals().spanCount()).isEqualTo(36);
    }

    @Test
    void tracesMayBeBigThemselves() {
        List<NewTrace> big = IntStream.range(0, 5)
                .mapToObj(i -> trace(UUID.randomUUID(), List.of(span())).input(text(8 * MEBIBYTE)))
                .toList();

        traces.record(big);

        for (NewTrace trace : big) {
            assertThat(traces.find(trace.id()).orElseThrow().totals().spanCount())
                    .isOne();
            assertThat(traces.treeWithPayloads(trace.id())
                            .orElseThrow()
                            .trace()
                            .payload()
                            .orElseThrow()
                            .input())
                    .contains(text(8 * MEBIBYTE));
        }
    }

    static Stream<Arguments> tooBig() {
        NewSpan span = span();
        return Stream.of(
                Arguments.of("input", span.input(text(17 * MEBIBYTE))),
                Arguments.of("output", span.output(text(17 * MEBIBYTE))),
                Arguments.of("attributes", span.attributes(Json.of(Map.of("long", text(5 * MEBIBYTE))))),
                Arguments.of("events", span.events(Json.of(List.of(text(5 * MEBIBYTE))))));
    }

    @ParameterizedTest
    @MethodSource("tooBig")
    void aSpanThatIsTooBigIsNamed(String field, NewSpan span) {
        NewTrace good = trace(UUID.randomUUID(), List.of(span()));
        NewTrace bad = trace(id, List.of(span(), span));

        assertThatThrownBy(() -> traces.record(List.of(good, bad)))
                .isInstanceOfSatisfying(InvalidValueException.class, e -> {
                    assertThat(e.field()).isEqualTo(field);
                    assertThat(e.path()).contains("traces[1].spans[1]");
                    assertThat(e.elementId()).contains(span.id());
                });
        assertThat(traces.find(good.id())).isEmpty();
    }

    @Test
    void metadataOfATraceThatIsTooBigIsNamed() {
        NewTrace bad = trace(id, List.of()).metadata(Json.of(Map.of("long", text(300_000))));

        assertThatThrownBy(() -> traces.record(bad)).isInstanceOfSatisfying(InvalidValueException.class, e -> {
            assertThat(e.field()).isEqualTo("metadata");
            assertThat(e.path()).contains("traces[0]");
        });
    }

    @Test
    void aResultThatIsTooBigIsNamed() {
        UUID evaluation = fixture.tenant()
                .evaluations()
                .create(NewEvaluation.of(fixture.project().id(), "Sizes", EvaluationType.ACCURACY))
                .id();
        fixture.tenant().evaluations().start(evaluation, TestTenant.NOON);
        List<NewEvaluationResult> results = List.of(
                NewEvaluationResult.of("small", ResultOutcome.PASSED),
                NewEvaluationResult.of("big", ResultOutcome.PASSED).actualOutput(text(17 * MEBIBYTE)));

        assertThatThrownBy(() -> fixture.tenant().evaluations().append(evaluation, results))
                .isInstanceOfSatisfying(InvalidValueException.class, e -> {
                    assertThat(e.field()).isEqualTo("actual_output");
                    assertThat(e.path()).contains("results[1]");
                });
    }

    private NewTrace trace(UUID id, List<NewSpan> spans) {
        return TestTenant.newTrace(id, fixture.project().id()).spans(spans);
    }

    private List<Integer> lengths(UUID trace) {
        return traces.treeWithPayloads(trace).orElseThrow().roots().stream()
                .map(node -> node.span()
                                .payload()
                                .orElseThrow()
                                .input()
                                .orElseThrow()
                                .text()
                                .length()
                        - 2)
                .toList();
    }

    private static NewSpan span() {
        return NewSpan.of(UUID.randomUUID(), "step", SpanKind.CHAIN, ExecutionStatus.SUCCESS, TestTenant.NOON);
    }

    private static Json text(int length) {
        return Json.of("x".repeat(length));
    }
}
