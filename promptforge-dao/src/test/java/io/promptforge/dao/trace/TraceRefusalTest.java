package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.TestDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused is refused whole, and names the field to blame. */
class TraceRefusalTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();
    private final UUID id = UUID.randomUUID();

    @Test
    void oneBadSpanStoresNothingOfTheWholeBatch() {
        NewTrace good = TestTenant.newTrace(UUID.randomUUID(), project)
                .spans(List.of(span().build()))
                .build();
        NewTrace bad = newTrace()
                .spans(List.of(span().build(), span().inputTokens(-1L).build()))
                .build();

        assertThatThrownBy(() -> traces.record(List.of(good, bad)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("input_tokens"));
        assertThat(traces.find(good.id())).isEmpty();
        assertThat(traces.find(id)).isEmpty();
    }

    @Test
    void aTraceThatIsStoredIsNotStoredAgain() {
        traces.record(List.of(newTrace().build()));

        assertThatThrownBy(() -> traces.record(
                        List.of(newTrace().spans(List.of(span().build())).build())))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("id"));
        assertThat(traces.find(id).orElseThrow().roots()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("starts")
    void aSpanThatComesTwiceIsRefused(Instant start) {
        NewSpan span = NewSpan.builder(UUID.randomUUID(), "twice", SpanKind.TOOL, ExecutionStatus.SUCCESS, start)
                .build();

        assertThatThrownBy(() -> traces.record(
                        List.of(newTrace().spans(List.of(span, span)).build())))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("id"));
        assertThat(traces.find(id)).isEmpty();
    }

    /** In a monthly partition and in the default one. */
    static List<Instant> starts() {
        return List.of(Instant.now().truncatedTo(ChronoUnit.MICROS), Instant.parse("1999-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource("danglingReferences")
    void aReferenceToNothingIsBlamed(String field, UnaryOperator<NewTrace.Builder> change) {
        assertThatThrownBy(() -> traces.record(List.of(change.apply(newTrace()).build())))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo(field));
        assertThat(traces.find(id)).isEmpty();
    }

    static Stream<Arguments> danglingReferences() {
        return Stream.of(
                change("prompt_version_id", trace -> trace.promptVersionId(UUID.randomUUID())),
                change("model_id", trace -> trace.modelId(UUID.randomUUID())),
                change(
                        "model_id",
                        trace -> trace.spans(
                                List.of(span().modelId(UUID.randomUUID()).build()))));
    }

    @Test
    void aProjectThatIsNotThereIsBlamed() {
        assertThatThrownBy(() -> traces.record(
                        List.of(TestTenant.newTrace(id, UUID.randomUUID()).build())))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("project_id"));
    }

    @ParameterizedTest
    @MethodSource("refusedValues")
    void aValueThatIsNotAcceptedIsBlamed(String field, UnaryOperator<NewTrace.Builder> change) {
        assertThatThrownBy(() -> traces.record(List.of(change.apply(newTrace()).build())))
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
                change("parent_id", trace -> trace.spans(List.of(ownParent()))),
                change(
                        "temperature",
                        trace -> trace.spans(
                                List.of(span().temperature(Double.NaN).build()))),
                change(
                        "cached_input_tokens",
                        trace -> trace.spans(List.of(
                                span().inputTokens(1L).cachedInputTokens(2L).build()))),
                change(
                        "reasoning_output_tokens",
                        trace -> trace.spans(List.of(span().outputTokens(1L)
                                .reasoningOutputTokens(2L)
                                .build()))),
                change(
                        "cost",
                        trace -> trace.spans(
                                List.of(span().cost(new BigDecimal("-0.1")).build()))),
                change(
                        "ended_at",
                        trace -> trace.spans(
                                List.of(span().endedAt(NOON.minusSeconds(1)).build()))));
    }

    private NewTrace.Builder newTrace() {
        return TestTenant.newTrace(id, project);
    }

    private static Arguments change(String field, UnaryOperator<NewTrace.Builder> change) {
        return Arguments.of(field, change);
    }

    private static NewSpan.Builder span() {
        return NewSpan.builder(UUID.randomUUID(), "step", SpanKind.CHAIN, ExecutionStatus.SUCCESS, NOON);
    }

    private static NewSpan ownParent() {
        UUID id = UUID.randomUUID();
        return NewSpan.builder(id, "loop", SpanKind.CHAIN, ExecutionStatus.SUCCESS, NOON)
                .parentId(id)
                .build();
    }
}
