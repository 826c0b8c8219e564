package io.promptforge.dao.opentelemetry;

import static io.promptforge.dao.opentelemetry.Sent.END;
import static io.promptforge.dao.opentelemetry.Sent.PROJECT;
import static io.promptforge.dao.opentelemetry.Sent.START;
import static io.promptforge.dao.opentelemetry.Sent.TRACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.opentelemetry.OpenTelemetrySpan.StatusCode;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.schema.type.ExecutionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The traces that the spans of one call are converted into. */
class OpenTelemetryTracesTest {

    private static final String OTHER_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Map<String, Object> RESOURCE =
            Map.of("service.name", "shop", "deployment.environment.name", "production");

    private final OpenTelemetrySpan root = Sent.root()
            .statusCode(StatusCode.ERROR)
            .statusMessage("no answer")
            .attributes(Map.of(
                    "gen_ai.operation.name", "invoke_agent",
                    "gen_ai.provider.name", "openai",
                    "gen_ai.request.model", "gpt-4",
                    "input.value", "why?",
                    "output.value", "because",
                    "error.type", "gave_up",
                    "session.id", "s-1"));
    private final OpenTelemetrySpan child = child(TRACE, 1, Map.of("session.id", "s-2", "enduser.id", "ada"));

    @Test
    void theRootGivesInputAndOutputAndItsSpanDescribesTheTrace() {
        NewTrace trace = only(List.of(child, root));

        assertThat(trace.id()).isEqualTo(OpenTelemetryIds.traceId(TRACE));
        assertThat(trace.projectId()).isEqualTo(PROJECT);
        assertThat(trace.name())
                .as("that of the root, found when it is recorded")
                .isNull();
        NewSpan described = trace.spans().get(1);
        assertThat(described.status()).isEqualTo(ExecutionStatus.ERROR);
        assertThat(described.startedAt()).isEqualTo(Instant.parse("2026-11-22T12:00:00.123456Z"));
        assertThat(described.endedAt()).isEqualTo(Instant.parse("2026-11-22T12:00:02.123456Z"));
        assertThat(described.errorType()).isEqualTo("gave_up");
        assertThat(described.errorMessage()).isEqualTo("no answer");
        assertThat(trace.input()).isEqualTo(Json.of("why?"));
        assertThat(trace.output()).isEqualTo(Json.of("because"));
        assertThat(trace.modelName()).as("that of the calls").isNull();
        assertThat(trace.sessionId()).isEqualTo("s-1");
        assertThat(trace.endUserId()).isEqualTo("ada");
        assertThat(trace.environment()).isEqualTo("production");
        assertThat(trace.metadata()).isEqualTo(Json.of(RESOURCE));
        assertThat(trace.spans()).extracting(NewSpan::name).containsExactly("step 1", "answer");
    }

    @Test
    void aPortionWithoutARootGivesOnlySpansAndContext() {
        NewTrace trace = only(List.of(child));

        assertThat(trace)
                .isEqualTo(NewTrace.ofSpans(OpenTelemetryIds.traceId(TRACE), PROJECT, trace.spans())
                        .environment("production")
                        .sessionId("s-2")
                        .endUserId("ada")
                        .metadata(Json.of(RESOURCE)));
        assertThat(trace.spans()).hasSize(1);
    }

    @Test
    void spansOfSeveralTracesAreSortedApart() {
        List<NewTrace> traces = OpenTelemetryTraces.of(
                        PROJECT,
                        RESOURCE,
                        List.of(child, child(OTHER_TRACE, 1, Map.of()), root, child(OTHER_TRACE, 2, Map.of())))
                .traces();

        assertThat(traces)
                .extracting(trace -> OpenTelemetryIds.traceId(trace.id()))
                .containsExactly(TRACE, OTHER_TRACE);
        assertThat(traces).extracting(trace -> trace.spans().size()).containsExactly(2, 2);
        assertThat(traces).extracting(NewTrace::input).containsExactly(Json.of("why?"), null);
    }

    @Test
    void theOrderOfTheSpansDoesNotMatter() {
        List<OpenTelemetrySpan> spans = new ArrayList<>(List.of(root, child));
        spans.add(OpenTelemetrySpan.of(TRACE, "00000000000000aa", "a second root", START + 1_000)
                .attributes(Map.of("session.id", "s-3", "user.id", "eve")));
        spans.add(child(TRACE, 2, Map.of("user.id", "bob")));
        NewTrace expected = sorted(only(spans));

        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(spans, random);
            assertThat(sorted(only(spans))).isEqualTo(expected);
        }
        assertThat(expected.input()).isEqualTo(Json.of("why?"));
        assertThat(expected.endUserId()).isEqualTo("eve");
    }

    @Test
    void aSpanIsTheSameInEveryPortion() {
        NewTrace whole = only(List.of(root, child));

        assertThat(only(List.of(child)).spans().get(0)).isEqualTo(whole.spans().get(1));
        assertThat(only(List.of(root)).spans().get(0)).isEqualTo(whole.spans().get(0));
    }

    @Test
    void theResourceSpeaksFirstForTheTraceAndNewNamesBeforeOldOnes() {
        NewTrace trace = OpenTelemetryTraces.of(
                        PROJECT,
                        Map.of("deployment.environment", "old", "session.id", "of the resource"),
                        List.of(child(
                                TRACE,
                                1,
                                Map.of(
                                        "deployment.environment.name", "of the span",
                                        "session.id", "of the span",
                                        "gen_ai.conversation.id", "conversation",
                                        "user.id", "new",
                                        "enduser.id", "old"))))
                .traces()
                .get(0);

        assertThat(trace.environment()).isEqualTo("old");
        assertThat(trace.sessionId()).isEqualTo("of the resource");
        assertThat(trace.endUserId()).isEqualTo("new");
        assertThat(only(List.of(child(TRACE, 1, Map.of("gen_ai.conversation.id", "conversation"))))
                        .sessionId())
                .isEqualTo("conversation");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session.id",
                "gen_ai.conversation.id",
                "langfuse.session.id",
                "langsmith.trace.session_id",
                "langsmith.metadata.thread_id",
                "traceloop.association.properties.session_id",
                "traceloop.association.properties.chat_id",
                "spring.ai.chat.client.conversation.id",
                "ai.telemetry.metadata.sessionId",
                "mlflow.trace.session",
                "gcp.vertex.agent.session_id",
                "session_id",
            })
    void aSessionHasManyNames(String name) {
        assertThat(only(List.of(child(TRACE, 1, Map.of(name, "s-9")))).sessionId())
                .isEqualTo("s-9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user.id",
                "enduser.id",
                "langfuse.user.id",
                "langsmith.metadata.user_id",
                "traceloop.association.properties.user_id",
                "ai.telemetry.metadata.userId",
                "mlflow.trace.user",
                "gen_ai.user",
                "llm.user",
                "metadata.user_api_key_end_user_id",
                "user_id",
            })
    void anEndUserHasManyNames(String name) {
        assertThat(only(List.of(child(TRACE, 1, Map.of(name, 42)))).endUserId()).isEqualTo("42");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata", "langfuse.trace.metadata"})
    void membersOfMetadataThatAreATextAreMembersOfTheTraces(String name) {
        NewTrace trace = only(List.of(child(TRACE, 1, Map.of(name, "{\"plan\":\"gold\",\"a\":{\"b\":1}}"))));

        assertThat(Objects.requireNonNull(trace.metadata().toJava()))
                .asInstanceOf(MAP)
                .containsEntry("plan", "gold")
                .containsKey("a");
    }

    @Test
    void anArgumentIsThePromptVersionOfTheTracesWhoseSpansReportNoId() {
        UUID served = UUID.fromString("01936f00-0000-7000-8000-0000000000a1");
        UUID other = UUID.fromString("01936f00-0000-7000-8000-0000000000a2");
        OpenTelemetrySpan telling = child(TRACE, 1, Map.of("promptforge.prompt.version.id", served.toString()));

        MappedTraces mapped =
                OpenTelemetryTraces.of(PROJECT, RESOURCE, List.of(root, telling, child(OTHER_TRACE, 1, Map.of())));
        assertThat(mapped.traces()).extracting(NewTrace::promptVersionId).containsOnlyNulls();
        assertThat(mapped.promptVersionId(other).traces())
                .extracting(NewTrace::promptVersionId)
                .containsExactly(null, other);
        assertThat(mapped.traces().get(0).metadata().text())
                .contains("\"promptforge.prompt\":{\"version_id\":\"" + served);
        assertThat(mapped.promptVersionId(other).unread()).isEqualTo(mapped.unread());
        assertThat(only(List.of(child(TRACE, 1, Map.of("promptforge.prompt.version.id", "7"))))
                        .metadata()
                        .text())
                .as("no UUID")
                .doesNotContain("promptforge.prompt");
    }

    @Test
    void nameAndVersionOfAPromptAreThoseOfOneSpan() {
        NewTrace trace = only(List.of(
                root,
                child(TRACE, 1, Map.of("gen_ai.prompt.version", 7)),
                child(TRACE, 2, Map.of("gen_ai.prompt.name", "greeting")),
                child(TRACE, 3, Map.of("gen_ai.prompt.name", "refund", "gen_ai.prompt.version", 3))));

        assertThat(trace.metadata().text()).contains("\"promptforge.prompt\":{\"name\":\"greeting\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "promptforge.prompt.name, promptforge.prompt.version",
        "gen_ai.prompt.name, gen_ai.prompt.version",
        "langfuse.observation.prompt.name, langfuse.observation.prompt.version",
        "traceloop.prompt.key, traceloop.prompt.version",
    })
    void nameAndVersionOfAPromptAreInTheMetadata(String name, String version) {
        Map<String, Object> sent = Map.of(name, "greeting", version, 7);
        NewTrace trace = only(List.of(root, child(TRACE, 1, sent)));

        assertThat(trace.metadata())
                .isEqualTo(Json.of(Map.of(
                        "service.name", "shop",
                        "deployment.environment.name", "production",
                        "promptforge.prompt", Map.of("name", "greeting", "version", "7"))));
        assertThat(trace.spans().get(1).attributes().text()).contains(name, version);
    }

    @Test
    void attributesOfTheTraceDescribeItBeforeItsRoot() {
        NewTrace trace = only(List.of(
                root,
                child(
                        TRACE,
                        1,
                        Map.of(
                                "langfuse.trace.name", "refund",
                                "langfuse.trace.input", "{\"a\":1}",
                                "langfuse.trace.output", "yes",
                                "langfuse.trace.tags", List.of("web"),
                                "langfuse.trace.metadata.plan", "pro",
                                "langfuse.trace.metadata.service.name", "not that of the resource"))));

        assertThat(trace.name()).isEqualTo("refund");
        assertThat(trace.input()).isEqualTo(Json.parse("{\"a\":1}"));
        assertThat(trace.output()).isEqualTo(Json.of("yes"));
        assertThat(trace.tags()).containsExactly("web");
        assertThat(trace.metadata())
                .isEqualTo(Json.of(Map.of(
                        "service.name", "shop",
                        "deployment.environment.name", "production",
                        "plan", "pro")));
    }

    @Test
    void aSpanThatAnotherServiceCalledReportsBeforeThoseInsideOfIt() {
        OpenTelemetrySpan inner = child(TRACE, 1, Map.of("session.id", "of the inner span"));
        OpenTelemetrySpan called =
                child(TRACE, 2, Map.of("session.id", "of the service")).parentRemote(true);

        NewTrace trace = only(List.of(inner, called));
        assertThat(trace.sessionId()).isEqualTo("of the service");
        assertThat(trace.name()).as("only a root describes the trace").isNull();
        assertThat(trace.spans()).extracting(NewSpan::parentRemote).containsExactly(null, true);
        assertThat(Sent.span(child(TRACE, 1, Map.of("otel.parent_is_remote", "true")))
                        .parentRemote())
                .isTrue();
        assertThat(only(List.of(root, called)).sessionId()).isEqualTo("s-1");
    }

    @Test
    void everySpanTellsItsService() {
        assertThat(only(List.of(child)).spans().get(0).attributes())
                .isEqualTo(Json.of(Map.of("session.id", "s-2", "enduser.id", "ada", "service.name", "shop")));
        assertThat(only(List.of(child(TRACE, 1, Map.of("service.name", "its own"))))
                        .spans()
                        .get(0)
                        .attributes())
                .isEqualTo(Json.of(Map.of("service.name", "its own")));
    }

    @Test
    void noSpanMakesNoTrace() {
        assertThat(OpenTelemetryTraces.of(PROJECT, RESOURCE, List.of()).traces())
                .isEmpty();
    }

    private static NewTrace only(List<OpenTelemetrySpan> spans) {
        List<NewTrace> traces = OpenTelemetryTraces.of(PROJECT, RESOURCE, spans).traces();
        assertThat(traces).hasSize(1);
        return traces.get(0);
    }

    private static OpenTelemetrySpan child(String trace, int number, Map<String, ?> attributes) {
        return OpenTelemetrySpan.of(trace, "000000000000000" + number, "step " + number, START + number * 1_000L)
                .endEpochNanos(END)
                .parentSpanId(Sent.SPAN)
                .attributes(attributes);
    }

    private static NewTrace sorted(NewTrace trace) {
        return trace.spans(trace.spans().stream()
                .sorted(Comparator.comparing(span -> span.id().toString()))
                .toList());
    }
}
