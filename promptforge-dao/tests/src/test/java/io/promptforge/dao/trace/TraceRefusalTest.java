package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A refused batch stores nothing, and the error names the element and the field. */
class TraceRefusalTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();
    private final UUID id = UUID.randomUUID();

    @Test
    void oneBadSpanStoresNothingOfTheWholeBatch() {
        NewTrace good = TestTenant.newTrace(UUID.randomUUID(), project).spans(List.of(span()));
        NewTrace bad = newTrace().spans(List.of(span(), span().maxTokens(-1)));

        assertThatThrownBy(() -> traces.record(List.of(good, bad)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("max_tokens"));
        assertThat(traces.find(good.id())).isEmpty();
        assertThat(traces.find(id)).isEmpty();
    }

    @Test
    void theErrorNamesTheRefusedElement() {
        List<NewTrace> batch = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            batch.add(TestTenant.newTrace(UUID.randomUUID(), project).spans(List.of(span(), span(), span())));
        }
        NewSpan bad = span().modelId(UUID.randomUUID());
        for (int i = 0; i < 9; i += 4) {
            for (int k = 0; k < 3; k++) {
                List<NewTrace> withBad = new ArrayList<>(batch);
                List<NewSpan> spans = new ArrayList<>(batch.get(i).spans());
                spans.set(k, bad);
                NewTrace refused =
                        TestTenant.newTrace(UUID.randomUUID(), project).spans(spans);
                withBad.set(i, refused);

                assertThatThrownBy(() -> traces.record(withBad))
                        .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                                .isEqualTo("model_id"))
                        .hasMessageStartingWith("traces[" + i + "].spans[" + k + "] (" + bad.id() + "): ");
            }
            List<NewTrace> withBad = new ArrayList<>(batch);
            withBad.set(i, TestTenant.newTrace(id, project).sessionId("s".repeat(201)));

            assertThatThrownBy(() -> traces.record(withBad))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageStartingWith("traces[" + i + "] (" + id + "): ");
        }
        assertThat(traces.summary(TraceFilter.all()).traces()).isZero();
    }

    @Test
    void aTraceOfWhichOnlySpansAreKnownHasAtLeastOne() {
        NewTrace known = NewTrace.ofSpans(id, project, List.of(span()));

        for (ThrowingCallable withoutSpans : List.<ThrowingCallable>of(
                () -> NewTrace.ofSpans(id, project, List.of()), () -> known.spans(List.of()))) {
            assertThatThrownBy(withoutSpans)
                    .isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                            .isEqualTo("spans"));
        }
    }

    @Test
    void aNullElementOfAListIsNamedByItsPlace() {
        assertThatThrownBy(() -> traces.record(Arrays.asList(newTrace(), null)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.path()).hasValue("traces[1]"));
        assertThatThrownBy(() -> newTrace().spans(Arrays.asList(null, span())))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.path()).hasValue("spans[0]"));
        assertThat(traces.find(id)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("danglingReferences")
    void aReferenceToAMissingRowIsRefusedByField(String field, UnaryOperator<NewTrace> change) {
        assertThatThrownBy(() -> traces.record(List.of(change.apply(newTrace()))))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo(field));
        assertThat(traces.find(id)).isEmpty();
    }

    static Stream<Arguments> danglingReferences() {
        return Stream.of(
                change("prompt_version_id", trace -> trace.promptVersionId(UUID.randomUUID())),
                change("model_id", trace -> trace.modelId(UUID.randomUUID())),
                change("model_id", trace -> trace.spans(List.of(span().modelId(UUID.randomUUID())))));
    }

    @Test
    void aMissingProjectIsRefusedByField() {
        assertThatThrownBy(() -> traces.record(List.of(TestTenant.newTrace(id, UUID.randomUUID()))))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("project_id"));
    }

    @ParameterizedTest
    @MethodSource("refusedValues")
    void aValueThatIsNotAcceptedIsRefusedByField(String field, UnaryOperator<NewTrace> change) {
        assertThatThrownBy(() -> traces.record(List.of(change.apply(newTrace()))))
                .isInstanceOf(InvalidValueException.class)
                .extracting(e -> ((FieldException) e).field())
                .isEqualTo(field);
        assertThat(traces.find(id)).isEmpty();
    }

    static Stream<Arguments> refusedValues() {
        return Stream.of(
                change("ended_at", trace -> trace.endedAt(NOON)),
                change("environment", trace -> trace.environment(" ")),
                change("session_id", trace -> trace.sessionId("s".repeat(201))),
                change("external_id", trace -> trace.externalId("nul\0")),
                change("retry_count", trace -> trace.retryCount(-1)),
                change(
                        "started_at",
                        trace -> NewTrace.of(
                                UUID.randomUUID(), UUID.randomUUID(), "t", ExecutionStatus.SUCCESS, Instant.MAX)),
                change("metadata", trace -> trace.metadata(Json.emptyArray())),
                change("metadata", trace -> trace.metadata(Json.of(Map.of("k", noise(300_000))))),
                change("error_message", trace -> trace.errorMessage("e".repeat(10_001))),
                ofSpan("ended_at", span -> span.endedAt(Instant.MIN)),
                ofSpan("attributes", span -> span.attributes(Json.of("text"))),
                ofSpan("events", span -> span.events(Json.emptyObject())),
                ofSpan("finish_reasons", span -> span.finishReasons(Arrays.asList("stop", null))),
                ofSpan("finish_reasons", span -> span.finishReasons(List.of(noise(10_000)))),
                ofSpan("time_to_first_token_us", span -> span.timeToFirstToken(Duration.ofSeconds(Long.MAX_VALUE))),
                ofSpan("time_to_first_token_us", span -> span.timeToFirstToken(Duration.ofNanos(-1000))),
                ofSpan("output_tokens", span -> span.outputTokens(Long.MAX_VALUE)),
                ofSpan("cache_creation_input_tokens", span -> span.cacheCreationInputTokens(-1L)),
                ofSpan("cost", span -> span.cost(new BigDecimal("1000000000000"))),
                ofSpan("cost", span -> span.cost(new BigDecimal("999999999999.9999999999999999999999999999999"))),
                ofSpan("max_tokens", span -> span.maxTokens(-1)),
                ofSpan("response_model", span -> span.responseModel("m".repeat(201))),
                change("parent_id", trace -> trace.spans(List.of(ownParent()))),
                change("temperature", trace -> trace.spans(List.of(span().temperature(Double.NaN)))),
                change(
                        "cached_input_tokens",
                        trace -> trace.spans(List.of(span().inputTokens(1L).cachedInputTokens(2L)))),
                change(
                        "reasoning_output_tokens",
                        trace -> trace.spans(List.of(span().outputTokens(1L).reasoningOutputTokens(2L)))),
                change("cost", trace -> trace.spans(List.of(span().cost(new BigDecimal("-0.1"))))),
                change("ended_at", trace -> trace.spans(List.of(span().endedAt(NOON.minusSeconds(1))))));
    }

    private NewTrace newTrace() {
        return TestTenant.newTrace(id, project);
    }

    private static Arguments change(String field, UnaryOperator<NewTrace> change) {
        return Arguments.of(field, change);
    }

    private static Arguments ofSpan(String field, UnaryOperator<NewSpan> change) {
        return change(field, trace -> trace.spans(List.of(change.apply(span()))));
    }

    /** Text that doesn't compress. */
    private static String noise(int length) {
        return new Random(1)
                .ints(length, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static NewSpan span() {
        return NewSpan.of(UUID.randomUUID(), "step", SpanKind.CHAIN, ExecutionStatus.SUCCESS, NOON);
    }

    private static NewSpan ownParent() {
        UUID id = UUID.randomUUID();
        return NewSpan.of(id, "loop", SpanKind.CHAIN, ExecutionStatus.SUCCESS, NOON)
                .parentId(id);
    }
}
