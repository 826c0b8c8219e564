package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.Samples;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.model.UsageUnit;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored comes back as it was given, every field of it. */
class TraceRoundTripTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();
    private final UUID id = UUID.randomUUID();

    @Test
    void everyFieldOfATrace() {
        Map<String, Object> references = Map.of(
                "promptVersionId", fixture.prompt(project).version().id(),
                "modelId", fixture.model().id());
        Samples samples = new Samples(1);
        NewTrace given = NewTrace.of(id, project, "answer 👋", ExecutionStatus.ERROR, NOON);
        for (Method setter : setters()) {
            Object reference = references.get(setter.getName());
            given = (NewTrace)
                    (reference == null ? samples.set(setter, given) : Samples.call(setter, given, reference));
        }
        traces.record(given);

        Trace trace = traces.find(id).orElseThrow();

        assertThat(trace.id()).isEqualTo(id);
        assertThat(trace.projectId()).isEqualTo(project);
        assertThat(trace.name()).isEqualTo(given.name());
        assertThat(trace.status()).isEqualTo(ExecutionStatus.ERROR);
        assertThat(trace.startedAt()).isEqualTo(NOON);
        assertThat(trace.duration()).contains(Duration.between(NOON, given.endedAt()));
        for (Method setter : setters()) {
            Object set = Samples.call(getter(NewTrace.class, setter.getName()), given);
            assertThat(valueOf(setter.getName(), trace)).as(setter.getName()).isEqualTo(Optional.of(set));
        }
    }

    /** Those of the trace itself that can be read again: a revision only says which record counts. */
    private static List<Method> setters() {
        return Samples.setters(NewTrace.class).stream()
                .filter(setter -> !Set.of("spans", "revision").contains(setter.getName()))
                .toList();
    }

    /** The value of the component with this name, of the record or of one of its parts; empty if there is none. */
    private static Optional<Object> valueOf(String name, Record record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = Samples.call(component.getAccessor(), record);
            Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
            Optional<Object> found = component.getName().equals(name)
                    ? Optional.ofNullable(present)
                    : present instanceof Record part ? valueOf(name, part) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Method getter(Class<?> type, String name) {
        try {
            return type.getMethod(name);
        } catch (NoSuchMethodException e) {
            throw new AssertionError("What can be set can be asked for.", e);
        }
    }

    @Test
    void everyFieldOfASpan() {
        UUID spanId = new UUID(0, 0x0123456789abcdefL);
        UUID parent = UUID.randomUUID();
        UUID model = fixture.model().id();
        Instant end = NOON.plusMillis(250);
        record(NewSpan.of(spanId, "chat gpt-4", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON)
                .endedAt(end)
                .parentId(parent)
                .operationName("chat")
                .providerName("openai")
                .requestModel("gpt-4")
                .responseModel("gpt-4-0125-preview")
                .responseId("chatcmpl-1")
                .modelId(model)
                .finishReasons(List.of("stop", "a, \"b\" {c} \\ NULL"))
                .temperature(0.1)
                .maxTokens(100)
                .timeToFirstToken(Duration.ofNanos(123_456_000))
                .inputTokens(10L)
                .outputTokens(20L)
                .cachedInputTokens(3L)
                .cacheCreationInputTokens(4L)
                .reasoningOutputTokens(5L)
                .usage(UsageUnit.SEARCHES, 2)
                .usage(UsageUnit.AUDIO_INPUT_TOKENS, 6)
                .serviceTier("flex")
                .cost(new BigDecimal("0.0000001"))
                .errorType("none")
                .errorMessage("fine")
                .input(Json.parse("[{\"role\":\"user\"}]"))
                .output(Json.parse("\"text\""))
                .attributes(Json.parse("{\"a.b\":1}"))
                .events(Json.parse("[{\"name\":\"e\"}]")));

        Span span = theSpan();

        assertThat(span)
                .isEqualTo(new Span(
                        id,
                        spanId,
                        Optional.of(parent),
                        "chat gpt-4",
                        SpanKind.LLM,
                        ExecutionStatus.SUCCESS,
                        NOON,
                        Optional.of(end),
                        new ModelCall(
                                Optional.of("chat"),
                                Optional.of("openai"),
                                Optional.of("gpt-4"),
                                Optional.of("gpt-4-0125-preview"),
                                Optional.of("chatcmpl-1"),
                                Optional.of(model),
                                List.of("stop", "a, \"b\" {c} \\ NULL"),
                                OptionalDouble.of(0.1),
                                OptionalInt.of(100),
                                Optional.of(Duration.ofNanos(123_456_000)),
                                new TokenUsage(
                                        OptionalLong.of(10),
                                        OptionalLong.of(20),
                                        OptionalLong.of(3),
                                        OptionalLong.of(4),
                                        OptionalLong.of(5)),
                                Map.of(
                                        UsageUnit.SEARCHES, new BigDecimal("2"),
                                        UsageUnit.AUDIO_INPUT_TOKENS, new BigDecimal("6")),
                                Optional.of("flex"),
                                Optional.of(new BigDecimal("0.0000001"))),
                        Optional.of("none"),
                        Optional.of("fine"),
                        Optional.of(new SpanPayload(
                                Optional.of(Json.parse("[{\"role\":\"user\"}]")),
                                Optional.of(Json.parse("\"text\"")),
                                Json.parse("{\"a.b\":1}"),
                                Json.parse("[{\"name\":\"e\"}]"),
                                Optional.empty()))));
        assertThat(span.duration()).contains(Duration.ofMillis(250));
    }

    @Test
    void unknownFieldsOfASpanAreEmpty() {
        record(NewSpan.of(UUID.randomUUID(), "step", SpanKind.OTHER, ExecutionStatus.RUNNING, NOON));

        Span span = theSpan();

        assertThat(span.endedAt()).isEmpty();
        assertThat(span.duration()).isEmpty();
        assertThat(span.parentId()).isEmpty();
        assertThat(span.payload().orElseThrow().input()).isEmpty();
        assertThat(span.payload().orElseThrow().attributes()).isEqualTo(Json.emptyObject());
        assertThat(span.payload().orElseThrow().events()).isEqualTo(Json.emptyArray());
        assertThat(span.modelCall().finishReasons()).isEmpty();
        assertThat(span.modelCall().cost()).isEmpty();
        assertThat(span.modelCall().usage().input()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(SpanKind.class)
    void everyKindOfSpan(SpanKind kind) {
        record(NewSpan.of(UUID.randomUUID(), "step", kind, ExecutionStatus.TIMEOUT, NOON));

        assertThat(theSpan().kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"nested\":{\"deep\":[1,{\"x\":null}]}}",
                "[]",
                "\"quote \\\" backslash \\\\ newline \\n tab \\t 👋 \\u2028\"",
                "0.1",
                "12345678901234567890123456789.000000000000000000000001",
                "9007199254740993",
                "true",
                "null"
            })
    void everySortOfJson(String text) {
        record(NewSpan.of(UUID.randomUUID(), "step", SpanKind.TOOL, ExecutionStatus.SUCCESS, NOON)
                .input(Json.parse(text)));

        assertThat(theSpan().payload().orElseThrow().input()).contains(Json.parse(text));
    }

    private void record(NewSpan span) {
        traces.record(TestTenant.newTrace(id, project).spans(List.of(span)));
    }

    private Span theSpan() {
        return traces.treeWithPayloads(id).orElseThrow().roots().get(0).span();
    }
}
