package io.promptforge.dao.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.trace.NewSpan;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which attribute finds which column, and which stays. */
class LiftedAttributesTest {

    private static final Map<String, Function<NewSpan, @Nullable Object>> COLUMNS = columns();

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource
    void anAttributeIsLiftedAndLeaves(String name, Object value, String column, Object expected) {
        NewSpan span = Sent.span(Map.of(name, value));

        assertThat(read(span, column)).isEqualTo(expected);
        assertThat(span.attributes()).isEqualTo(Json.emptyObject());
    }

    static Stream<Arguments> anAttributeIsLiftedAndLeaves() {
        Json messages = Json.parse("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"hi\"}]}]");
        return Stream.of(
                arguments("gen_ai.operation.name", "chat", "operation", "chat"),
                arguments("gen_ai.provider.name", "openai", "provider", "openai"),
                arguments("gen_ai.system", "openai", "provider", "openai"),
                arguments("llm.provider", "azure", "provider", "azure"),
                arguments("mlflow.llm.provider", "\"openai\"", "provider", "openai"),
                arguments("mlflow.llm.model", "\"gpt-4o\"", "requestModel", "gpt-4o"),
                arguments("gen_ai.request.model", "\"gpt\" or \"claude\"", "requestModel", "\"gpt\" or \"claude\""),
                arguments("gen_ai.system", "spring_ai", "provider", "spring_ai"),
                arguments("llm.system", "openai", "provider", "openai"),
                arguments("gen_ai.request.model", "gpt-4", "requestModel", "gpt-4"),
                arguments("llm.request.model_name", "gpt-4", "requestModel", "gpt-4"),
                arguments("llm.model_name", "gpt-4", "requestModel", "gpt-4"),
                arguments("embedding.model_name", "ada", "requestModel", "ada"),
                arguments("gen_ai.response.model", "gpt-4-0613", "responseModel", "gpt-4-0613"),
                arguments("llm.response.model_name", "gpt-4-0613", "responseModel", "gpt-4-0613"),
                arguments("gen_ai.response.id", "chatcmpl-123", "responseId", "chatcmpl-123"),
                arguments("gen_ai.response.id", 42, "responseId", "42"),
                arguments(
                        "gen_ai.response.finish_reasons",
                        List.of("stop", "length"),
                        "finishReasons",
                        List.of("stop", "length")),
                arguments("gen_ai.response.finish_reasons", new String[] {"stop"}, "finishReasons", List.of("stop")),
                arguments("gen_ai.response.finish_reasons", "[\"stop\"]", "finishReasons", List.of("stop")),
                arguments("gen_ai.response.finish_reasons", "stop", "finishReasons", List.of("stop")),
                arguments("llm.finish_reason", "stop", "finishReasons", List.of("stop")),
                arguments("llm.response.finish_reason", "stop", "finishReasons", List.of("stop")),
                arguments("gen_ai.request.temperature", 0.7, "temperature", 0.7),
                arguments("gen_ai.request.temperature", 0.7f, "temperature", 0.7),
                arguments("gen_ai.request.temperature", 1, "temperature", 1.0),
                arguments("gen_ai.request.temperature", " 0.7 ", "temperature", 0.7),
                arguments("gen_ai.request.max_tokens", 100L, "maxTokens", 100),
                arguments("gen_ai.request.max_tokens", "100", "maxTokens", 100),
                arguments("gen_ai.request.max_tokens", 100.0, "maxTokens", 100),
                arguments("gen_ai.response.time_to_first_chunk", 0.5, "timeToFirstToken", Duration.ofMillis(500)),
                arguments("gen_ai.response.time_to_first_chunk", 2, "timeToFirstToken", Duration.ofSeconds(2)),
                arguments(
                        "gen_ai.response.time_to_first_chunk", "0.000001", "timeToFirstToken", Duration.ofNanos(1000)),
                arguments("gen_ai.server.time_to_first_token", 0.5, "timeToFirstToken", Duration.ofMillis(500)),
                arguments("gen_ai.server.time_to_first_token", 3000, "timeToFirstToken", Duration.ofSeconds(3000)),
                arguments("lk.response.ttft", 0.5, "timeToFirstToken", Duration.ofMillis(500)),
                arguments("gen_ai.response.time_to_first_token", 0.5, "timeToFirstToken", Duration.ofMillis(500)),
                arguments(
                        "gen_ai.response.time_to_first_token", 250_000_000, "timeToFirstToken", Duration.ofMillis(250)),
                arguments("ai.response.msToFirstChunk", 350.25, "timeToFirstToken", Duration.ofNanos(350_250_000)),
                arguments("ttft_ms", 12, "timeToFirstToken", Duration.ofMillis(12)),
                arguments("ai.response.finishReason", "stop", "finishReasons", List.of("stop")),
                arguments("ai.operationId", "ai.embed", "operation", "ai.embed"),
                arguments("mlflow.spanOutputs", "\"said \\\"yes\\\"\"", "out", Json.of("said \"yes\"")),
                arguments("ai.value", "\"sunny\"", "in", Json.of("sunny")),
                arguments("ai.values", List.of("\"sunny\"", "\"day\""), "in", Json.of(List.of("sunny", "day"))),
                arguments("ai.embeddings", List.of("[1,2]", "[3]"), "out", Json.parse("[[1,2],[3]]")),
                arguments("ai.toolCall.result", "\"sunny\"", "out", Json.of("sunny")),
                arguments("lk.pii.response.text", "sunny", "out", Json.of("sunny")),
                arguments("haystack.component.input", "{\"a\":1}", "in", Json.parse("{\"a\":1}")),
                arguments("ai.response.object", "{\"a\":1}", "out", Json.parse("{\"a\":1}")),
                arguments("tool_arguments", "{\"a\":1}", "in", Json.parse("{\"a\":1}")),
                arguments("final_result", "done", "out", Json.of("done")),
                arguments("error.type", "rate_limit", "errorType", "rate_limit"),
                arguments("error.message", "slow down", "errorMessage", "slow down"),
                arguments("gen_ai.input.messages", messages.toJava(), "in", messages),
                arguments("gen_ai.input.messages", messages.text(), "in", messages),
                arguments(
                        "gen_ai.input.messages",
                        List.of("{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"hi\"}]}"),
                        "in",
                        messages),
                arguments(
                        "gen_ai.tool.call.arguments",
                        Map.of("city", "Paris"),
                        "in",
                        Json.parse("{\"city\":\"Paris\"}")),
                arguments(
                        "gen_ai.tool.call.arguments",
                        " {\"city\": \"Paris\"}",
                        "in",
                        Json.parse("{\"city\":\"Paris\"}")),
                arguments("gen_ai.retrieval.query.text", "why?", "in", Json.of("why?")),
                arguments("gen_ai.memory.query.text", "why?", "in", Json.of("why?")),
                arguments("gen_ai.prompt", "[1,2]", "in", Json.parse("[1,2]")),
                arguments("input.value", "{not json", "in", Json.of("{not json")),
                arguments("input.value", "42", "in", Json.of("42")),
                arguments("input.value", 42, "in", Json.of(42)),
                arguments("input.value", "{\"a\":\"\\u0000\"}", "in", Json.of("{\"a\":\"\\u0000\"}")),
                arguments("traceloop.entity.input", "{}", "in", Json.emptyObject()),
                arguments("gen_ai.output.messages", messages.text(), "out", messages),
                arguments("gen_ai.tool.call.result", true, "out", Json.of(true)),
                arguments("gen_ai.retrieval.documents", List.of(), "out", Json.emptyArray()),
                arguments("gen_ai.memory.records", "[]", "out", Json.emptyArray()),
                arguments("gen_ai.completion", "hello", "out", Json.of("hello")),
                arguments("output.value", "hello", "out", Json.of("hello")),
                arguments("traceloop.entity.output", "hello", "out", Json.of("hello")));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource
    void aValueThatDoesNotFitItsColumnStaysAmongTheAttributes(String name, Object value, String column, Object kept) {
        NewSpan span = Sent.span(Map.of(name, value));

        assertThat(read(span, column)).isIn(null, List.of());
        assertThat(span.attributes()).isEqualTo(Json.of(Map.of(name, kept)));
    }

    static Stream<Arguments> aValueThatDoesNotFitItsColumnStaysAmongTheAttributes() {
        return Stream.of(
                stays("gen_ai.operation.name", "x".repeat(101), "operation"),
                stays("gen_ai.provider.name", "x".repeat(201), "provider"),
                stays("gen_ai.request.model", " ", "requestModel"),
                stays("gen_ai.response.model", "none", "responseModel"),
                stays("gcp.vertex.agent.llm_request", "{}", "in"),
                stays("gen_ai.request.model", "\u00a0", "requestModel"),
                stays("gen_ai.request.model", List.of("a"), "requestModel"),
                stays("gen_ai.response.model", true, "responseModel"),
                stays("gen_ai.response.id", 0.5, "responseId"),
                stays("gen_ai.response.finish_reasons", List.of(), "finishReasons"),
                stays("gen_ai.response.finish_reasons", List.of("stop", " "), "finishReasons"),
                stays("gen_ai.response.finish_reasons", List.of("stop", 1), "finishReasons"),
                stays("gen_ai.response.finish_reasons", List.of("x".repeat(4_097)), "finishReasons"),
                stays("gen_ai.request.temperature", -0.1, "temperature"),
                stays("gen_ai.request.temperature", 100.5, "temperature"),
                stays("gen_ai.request.temperature", "hot", "temperature"),
                arguments("gen_ai.request.temperature", Double.NaN, "temperature", "NaN"),
                stays("gen_ai.request.max_tokens", 2_147_483_648L, "maxTokens"),
                stays("gen_ai.request.max_tokens", 1.5, "maxTokens"),
                stays("gen_ai.request.max_tokens", -1, "maxTokens"),
                stays("gen_ai.response.time_to_first_chunk", -1, "timeToFirstToken"),
                stays("gen_ai.response.time_to_first_chunk", 1e10, "timeToFirstToken"),
                arguments(
                        "gen_ai.response.time_to_first_chunk",
                        Double.POSITIVE_INFINITY,
                        "timeToFirstToken",
                        "Infinity"),
                stays("input.value", "", "in"),
                stays("error.type", "x".repeat(201), "errorType"));
    }

    @Test
    void theNewerNameWinsAndTheOlderOneStays() {
        NewSpan span = Sent.span(Map.of("llm.request.model_name", "old", "gen_ai.request.model", "new"));

        assertThat(span.requestModel()).isEqualTo("new");
        assertThat(span.attributes()).isEqualTo(Json.of(Map.of("llm.request.model_name", "old")));
    }

    @Test
    void anOlderNameStandsInWhereTheColumnHasNoRoomForTheNewerOne() {
        NewSpan span = Sent.span(Map.of("gen_ai.request.max_tokens", "many", "llm.request.max_tokens", 3));

        assertThat(span.maxTokens()).isEqualTo(3);
        assertThat(span.attributes()).isEqualTo(Json.of(Map.of("gen_ai.request.max_tokens", "many")));
    }

    @Test
    void digitsThatAColumnCannotKeepStayInTheAttributes() {
        BigDecimal temperature = new BigDecimal("0.12345678901234567890123");
        Map<String, Object> sent =
                Map.of("gen_ai.response.time_to_first_chunk", 0.1234567, "gen_ai.request.temperature", temperature);
        NewSpan span = Sent.span(sent);

        assertThat(span.timeToFirstToken()).isEqualTo(Duration.ofNanos(123_456_000));
        assertThat(span.temperature()).isEqualTo(0.12345678901234568);
        assertThat(span.attributes()).isEqualTo(Json.of(sent));
    }

    @Test
    void membersOfAttributesAreReadAndStay() {
        String parameters = "{\"model\":\"gpt-4o\",\"temperature\":0.5,\"max_completion_tokens\":9}";
        Map<String, Object> asText = Map.of("llm.invocation_parameters", parameters);
        Map<String, Object> asObject =
                Map.of("llm.invocation_parameters", Map.of("model", "gpt-4o", "temperature", 0.5, "max_tokens", 9));

        for (Map<String, Object> sent : List.of(asText, asObject)) {
            NewSpan span = Sent.span(sent);
            assertThat(span.requestModel()).isEqualTo("gpt-4o");
            assertThat(span.temperature()).isEqualTo(0.5);
            assertThat(span.maxTokens()).isEqualTo(9);
            assertThat(span.attributes()).isEqualTo(Json.of(sent));
        }
    }

    @Test
    void theMomentOfTheFirstTokenTellsItsTime() {
        assertThat(Sent.span(Map.of("langfuse.observation.completion_start_time", "2026-11-22T12:00:00.623456Z"))
                        .timeToFirstToken())
                .isEqualTo(Duration.ofMillis(500));
        assertThat(Sent.span(Sent.root()
                                .event("new_token", Sent.START + 2_000_789, Map.of())
                                .event("new_token", Sent.START + 9_000_000, Map.of()))
                        .timeToFirstToken())
                .isEqualTo(Duration.ofNanos(2_001_000));
        assertThat(Sent.span(Map.of("langfuse.observation.completion_start_time", "2025-11-22T12:00:00Z"))
                        .timeToFirstToken())
                .as("before the start")
                .isNull();
    }

    @Test
    void secondsThatWouldBeAfterTheEndOfTheSpanAreMilliseconds() {
        Map<String, Object> sent = Map.of("gen_ai.server.time_to_first_token", 350.5);
        NewSpan span = Sent.span(sent);

        assertThat(span.timeToFirstToken()).isEqualTo(Duration.ofNanos(350_500_000));
        assertThat(span.attributes()).isEqualTo(Json.of(sent));
        assertThat(Sent.span(Sent.root().endEpochNanos(0).attributes(sent)).timeToFirstToken())
                .isEqualTo(Duration.ofMillis(350_500));
    }

    @Test
    void theReasonOfTheFirstMessageIsThatOfTheCall() {
        NewSpan flattened = Sent.span(Map.of("gen_ai.completion.0.finish_reason", "stop"));
        assertThat(flattened.finishReasons()).containsExactly("stop");
        assertThat(flattened.output()).isEqualTo(Json.parse("[{\"finish_reason\":\"stop\"}]"));
        assertThat(Sent.span(Map.of("gen_ai.output.messages", "[{\"finish_reason\":\"stop\"}]"))
                        .finishReasons())
                .containsExactly("stop");
    }

    @Test
    void theTextAndTheToolCallsOfOneAnswerAreOneOutput() {
        NewSpan span =
                Sent.span(Map.of("ai.response.text", "I look.", "ai.response.toolCalls", "[{\"toolName\":\"a\"}]"));

        assertThat(span.output())
                .isEqualTo(Json.parse(
                        "{\"role\":\"assistant\",\"content\":\"I look.\",\"tool_calls\":[{\"toolName\":\"a\"}]}"));
        assertThat(span.attributes()).isEqualTo(Json.emptyObject());
    }

    @Test
    void systemInstructionsBecomeTheFirstMessage() {
        Map<String, Object> part = Map.of("type", "text", "content", "Be brief.");
        Map<String, Object> hello = Map.of("role", "user", "parts", List.of());
        Json first = Json.of(List.of(Map.of("role", "system", "parts", List.of(part))));
        Json both = Json.of(List.of(Map.of("role", "system", "parts", List.of(part)), hello));

        assertInput(both, Map.of("gen_ai.system_instructions", List.of(part), "gen_ai.input.messages", List.of(hello)));
        assertInput(
                both,
                Map.of(
                        "gen_ai.system_instructions",
                        Json.of(List.of(part)).text(),
                        "gen_ai.input.messages",
                        Json.of(List.of(hello)).text()));
        assertInput(first, Map.of("gen_ai.system_instructions", "Be brief."));
    }

    @Test
    void systemInstructionsStayBesideAnInputOfAnotherForm() {
        NewSpan span = Sent.span(Map.of("gen_ai.system_instructions", "Be brief.", "input.value", "hi"));

        assertThat(span.input()).isEqualTo(Json.of("hi"));
        assertThat(span.attributes()).isEqualTo(Json.of(Map.of("gen_ai.system_instructions", "Be brief.")));
    }

    @Test
    void flattenedMessagesArePutTogetherAgain() {
        Map<String, Object> sent = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            sent.put("gen_ai.prompt." + i + ".content", "no. " + i);
        }
        sent.put("gen_ai.prompt.0.role", "user");
        sent.put("gen_ai.prompt.0.tool_calls.0.name", "search");
        sent.put("gen_ai.prompt.name", "greeting");
        sent.put("llm.output_messages.0.message.role", "assistant");
        NewSpan span = Sent.span(sent);

        assertThat(Objects.requireNonNull(span.input()).toJava())
                .asInstanceOf(LIST)
                .hasSize(12)
                .startsWith(Map.of("role", "user", "content", "no. 0", "tool_calls", List.of(Map.of("name", "search"))))
                .endsWith(Map.of("content", "no. 11"));
        assertThat(span.output()).isEqualTo(Json.parse("[{\"message\":{\"role\":\"assistant\"}}]"));
        assertThat(span.attributes()).isEqualTo(Json.of(Map.of("gen_ai.prompt.name", "greeting")));
    }

    @Test
    void flattenedMessagesThatContradictEachOtherStay() {
        Map<String, Object> leafAndBranch = Map.of("gen_ai.prompt.0", "text", "gen_ai.prompt.0.role", "user");
        NewSpan span = Sent.span(leafAndBranch);

        assertThat(span.input()).isNull();
        assertThat(span.attributes()).isEqualTo(Json.of(leafAndBranch));
    }

    @Test
    void flattenedMessagesKeepTheirOrderWhereTheFirstAndOthersWereCut() {
        Map<String, Object> sent = new HashMap<>();
        for (int place : List.of(100, 9, 12, 3)) {
            sent.put("llm.input_messages." + place + ".message.content", "no. " + place);
        }
        sent.put("llm.input_messages.9.message.tool_calls.4.tool_call.function.name", "search");
        NewSpan span = Sent.span(sent);

        assertThat(span.input()).isEqualTo(Json.parse("""
                        [{"message":{"content":"no. 3"}},
                         {"message":{"content":"no. 9","tool_calls":[{"tool_call":{"function":{"name":"search"}}}]}},
                         {"message":{"content":"no. 12"}},
                         {"message":{"content":"no. 100"}}]
                        """));
        assertThat(span.attributes()).isEqualTo(Json.emptyObject());
    }

    @ParameterizedTest
    @ValueSource(strings = {"openinference.span.kind", "session.id", "user.id", "gen_ai.conversation.id"})
    void attributesOfTheTraceStayAmongTheAttributes(String name) {
        assertThat(Sent.span(Map.of(name, "AGENT")).attributes()).isEqualTo(Json.of(Map.of(name, "AGENT")));
    }

    private static void assertInput(Json input, Map<String, ?> sent) {
        NewSpan span = Sent.span(sent);
        assertThat(span.input()).isEqualTo(input);
        assertThat(span.attributes()).isEqualTo(Json.emptyObject());
    }

    private static Arguments stays(String name, Object value, String column) {
        return arguments(name, value, column, value);
    }

    private static @Nullable Object read(NewSpan span, String column) {
        return COLUMNS.getOrDefault(column, any -> "no such column").apply(span);
    }

    private static Map<String, Function<NewSpan, @Nullable Object>> columns() {
        Map<String, Function<NewSpan, @Nullable Object>> columns = new HashMap<>();
        columns.put("operation", NewSpan::operationName);
        columns.put("provider", NewSpan::providerName);
        columns.put("requestModel", NewSpan::requestModel);
        columns.put("responseModel", NewSpan::responseModel);
        columns.put("responseId", NewSpan::responseId);
        columns.put("finishReasons", NewSpan::finishReasons);
        columns.put("temperature", NewSpan::temperature);
        columns.put("maxTokens", NewSpan::maxTokens);
        columns.put("timeToFirstToken", NewSpan::timeToFirstToken);
        columns.put("errorType", NewSpan::errorType);
        columns.put("errorMessage", NewSpan::errorMessage);
        columns.put("in", NewSpan::input);
        columns.put("out", NewSpan::output);
        return columns;
    }
}
