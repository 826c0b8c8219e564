package io.promptforge.dao.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.model.UsageUnit;
import io.promptforge.dao.trace.NewSpan;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How many tokens a span is stored with, whichever way its sender counts them. */
class TokenCountsTest {

    private static final Map<String, Function<NewSpan, @Nullable Long>> COLUMNS = Map.of(
            "input", NewSpan::inputTokens,
            "output", NewSpan::outputTokens,
            "cached", NewSpan::cachedInputTokens,
            "creation", NewSpan::cacheCreationInputTokens,
            "reasoning", NewSpan::reasoningOutputTokens);

    @ParameterizedTest
    @CsvSource({
        "gen_ai.usage.input_tokens, input",
        "gen_ai.usage.prompt_tokens, input",
        "llm.token_count.prompt, input",
        "llm.usage.prompt_tokens, input",
        "ai.usage.inputTokens, input",
        "ai.usage.promptTokens, input",
        "input_tokens, input",
        "gen_ai.usage.output_tokens, output",
        "gen_ai.usage.completion_tokens, output",
        "llm.token_count.completion, output",
        "llm.usage.completion_tokens, output",
        "ai.usage.outputTokens, output",
        "gen_ai.usage.cache_read.input_tokens, cached",
        "gen_ai.usage.cache_read_input_tokens, cached",
        "gen_ai.usage.cache_read_tokens, cached",
        "gen_ai.usage.details.cache_read_tokens, cached",
        "gen_ai.usage.input_tokens.cached, cached",
        "gen_ai.usage.input_tokens.cache_read, cached",
        "gen_ai.usage.input_cached_tokens, cached",
        "gen_ai.usage.details.prompt_cache_hit_tokens, cached",
        "llm.token_count.prompt_details.cache_read, cached",
        "cache_read_tokens, cached",
        "gen_ai.usage.cache_write.input_tokens, creation",
        "gen_ai.usage.cache_creation.input_tokens, creation",
        "gen_ai.usage.cache_creation_input_tokens, creation",
        "gen_ai.usage.cache_write_tokens, creation",
        "gen_ai.usage.input_tokens.cache_creation, creation",
        "gen_ai.usage.cache_creation.ephemeral_5m_input_tokens, creation",
        "cache_creation.ephemeral_1h_input_tokens, creation",
        "llm.token_count.prompt_details.cache_write, creation",
        "cache_write_tokens, creation",
        "gen_ai.usage.reasoning.output_tokens, reasoning",
        "gen_ai.usage.reasoning_tokens, reasoning",
        "gen_ai.usage.output_reasoning_tokens, reasoning",
        "gen_ai.usage.output_tokens.reasoning, reasoning",
        "llm.token_count.completion_details.reasoning, reasoning",
    })
    void aCountIsReadAndStays(String name, String column) {
        for (Object seven : List.of(7, 7L, (short) 7, BigInteger.valueOf(7), new BigDecimal("7.0"), "7")) {
            NewSpan span = Sent.span(Map.of(name, seven));
            assertThat(Objects.requireNonNull(COLUMNS.get(column)).apply(span)).isEqualTo(7);
            assertThat(span.attributes()).isEqualTo(Json.of(Map.of(name, seven)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gen_ai.usage.prompt_tokens_details.audio_tokens, AUDIO_INPUT_TOKENS",
        "llm.token_count.prompt_details.audio, AUDIO_INPUT_TOKENS",
        "gen_ai.usage.input_audio_tokens, AUDIO_INPUT_TOKENS",
        "gen_ai.usage.details.audio_prompt_tokens, AUDIO_INPUT_TOKENS",
        "gen_ai.usage.details.cache_audio_read_tokens, CACHED_AUDIO_INPUT_TOKENS",
        "gen_ai.usage.details.audio_cache_tokens, CACHED_AUDIO_INPUT_TOKENS",
        "gen_ai.usage.details.image_prompt_tokens, IMAGE_INPUT_TOKENS",
        "gen_ai.usage.details.video_prompt_tokens, VIDEO_INPUT_TOKENS",
        "gen_ai.usage.output_tokens_details.image_tokens, IMAGE_OUTPUT_TOKENS",
        "gen_ai.usage.details.image_candidates_tokens, IMAGE_OUTPUT_TOKENS",
        "gen_ai.usage.output_audio_tokens, AUDIO_OUTPUT_TOKENS",
        "gen_ai.usage.details.audio_candidates_tokens, AUDIO_OUTPUT_TOKENS",
        "gen_ai.usage.input_tokens_details.image_tokens, IMAGE_INPUT_TOKENS",
        "gen_ai.usage.completion_tokens_details.audio_tokens, AUDIO_OUTPUT_TOKENS",
        "llm.token_count.completion_details.audio, AUDIO_OUTPUT_TOKENS",
        "gen_ai.usage.cache_creation.ephemeral_1h_input_tokens, CACHE_WRITE_1H_TOKENS",
        "usage.server_tool_use.web_search_requests, SEARCHES",
    })
    void aFurtherCountAboveZeroIsReadAndStays(String name, UsageUnit unit) {
        NewSpan span = Sent.span(Map.of(name, 7));

        assertThat(span.usage()).isEqualTo(Map.of(unit, new BigDecimal("7")));
        assertThat(span.attributes()).isEqualTo(Json.of(Map.of(name, 7)));
        assertThat(Sent.span(Map.of(name, 0)).usage()).isEmpty();
    }

    @Test
    void theTierOfTheResponseGoesBeforeThatOfTheRequest() {
        assertThat(Sent.span(Map.of("openai.request.service_tier", "auto", "openai.response.service_tier", "priority"))
                        .serviceTier())
                .isEqualTo("priority");
        assertThat(Sent.span(Map.of("gen_ai.openai.request.service_tier", "flex"))
                        .serviceTier())
                .isEqualTo("flex");
    }

    static List<Object> noCounts() {
        return List.of(-1, 1_000_000_000_001L, 7.5, "7 tokens", "1e999999999", "", List.of(7), true);
    }

    @ParameterizedTest
    @MethodSource("noCounts")
    void whatIsNoCountIsNotRead(Object value) {
        NewSpan span = Sent.span(Map.of("gen_ai.usage.input_tokens", value, "gen_ai.usage.prompt_tokens", 3));

        assertThat(span.inputTokens()).as("the next name stands in").isEqualTo(3);
    }

    @Test
    void theNewestNameWins() {
        assertThat(Sent.span(Map.of("gen_ai.usage.prompt_tokens", 1, "gen_ai.usage.input_tokens", 2))
                        .inputTokens())
                .isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}: {4}")
    @CsvSource(
            nullValues = "-",
            value = {
                // By the names: the present convention, OpenAI's details, OpenInference, Pydantic AI, Vercel 6
                "gen_ai.usage.,input_tokens, cache_creation.input_tokens, cache_read.input_tokens, 5000",
                "gen_ai.usage.,input_tokens, details.cache_write_tokens, details.cache_read_tokens, 5000",
                "llm.token_count., prompt, prompt_details.cache_write, prompt_details.cache_read, 5000",
                "ai.usage., inputTokens, inputTokenDetails.cacheWriteTokens, inputTokenDetails.cacheReadTokens, 5000",
                // Anthropic's own
                "'', input_tokens, cache_creation_input_tokens, cache_read_input_tokens, 9500",
                "usage., input_tokens, cache_creation_input_tokens, cache_read_input_tokens, 9500",
                "gen_ai.usage., input_tokens, cache_creation_input_tokens, cache_read_input_tokens, 9500",
                // Names that tell nothing
                "gen_ai.usage., input_tokens, cache_write_tokens, cache_read_tokens, 5000",
            })
    void namesTellWhetherTheInputHasItsParts(String start, String whole, String written, String read, long input) {
        assertThat(Sent.span(Map.of(start + whole, 5000, start + written, 1500, start + read, 3000))
                        .inputTokens())
                .isEqualTo(input);
    }

    @ParameterizedTest(name = "{0} of {1}, {2}: {4}")
    @CsvSource(
            nullValues = "-",
            value = {
                "anthropic, claude-sonnet-4-5, -, -, 9500",
                "anthropic.messages, -, -, -, 9500",
                "-, claude-sonnet-4-5, -, -, 9500",
                "aws.bedrock, anthropic.claude-sonnet-4-5-20250929-v1:0, -, -, 9500",
                "aws.bedrock, amazon.nova-pro-v1:0, -, -, 9500",
                "gcp.vertex_ai, claude-sonnet-4-5@20250929, -, -, 9500",
                "openrouter, anthropic/claude-sonnet-4.5, -, -, 5000",
                "openai, gpt-5, -, -, 5000",
                "azure.ai.openai, gpt-5, -, -, 5000",
                "gcp.gemini, gemini-2.5-pro, -, -, 5000",
                // OpenLLMetry adds up for Anthropic, and does not for Bedrock.
                "anthropic, claude-sonnet-4-5, opentelemetry.instrumentation.anthropic, -, 5000",
                "-, -, opentelemetry.instrumentation.bedrock.v1, -, 9500",
                "anthropic, claude-sonnet-4-5, pydantic-ai, -, 5000",
                // A schema with the rule, and one before it.
                "anthropic, -, -, https://opentelemetry.io/schemas/1.40.0, 5000",
                "anthropic, -, -, https://opentelemetry.io/schemas/1.37.0, 9500",
            })
    void otherwiseScopeSchemaAndProviderTell(
            @Nullable String provider,
            @Nullable String model,
            @Nullable String scope,
            @Nullable String schema,
            long input) {
        Map<String, Object> sent = new HashMap<>(Map.of(
                "gen_ai.usage.input_tokens", 5000,
                "gen_ai.usage.cache_creation_input_tokens", 1500,
                "gen_ai.usage.cache_read_input_tokens", 3000));
        put(sent, "gen_ai.provider.name", provider);
        put(sent, "gen_ai.request.model", model);
        put(sent, "otel.scope.name", scope);
        put(sent, "otel.schema_url", schema);

        NewSpan span = Sent.span(sent);
        assertThat(span.inputTokens()).isEqualTo(input);
        assertThat(span.cachedInputTokens()).isEqualTo(3000);
        assertThat(span.cacheCreationInputTokens()).isEqualTo(1500);
    }

    @ParameterizedTest
    @CsvSource({"9600, 9500", "5100, 5000", "7000, 5000"})
    void aTotalTells(long total, long input) {
        assertThat(Sent.span(Map.of(
                                "gen_ai.usage.input_tokens", 5000,
                                "gen_ai.usage.output_tokens", 100,
                                "gen_ai.usage.cache_write_tokens", 1500,
                                "gen_ai.usage.cache_read_tokens", 3000,
                                "gen_ai.usage.total_tokens", total))
                        .inputTokens())
                .isEqualTo(input);
    }

    @Test
    void aTotalThatHasThePartsBesideTheInputTellsBeforeNamesAndProvider() {
        assertThat(Sent.span(Map.of(
                                "gen_ai.provider.name", "openai",
                                "gen_ai.usage.input_tokens", 5000,
                                "gen_ai.usage.output_tokens", 100,
                                "gen_ai.usage.cache_read.input_tokens", 3000,
                                "gen_ai.usage.total_tokens", 8100))
                        .inputTokens())
                .isEqualTo(8000);
    }

    @ParameterizedTest
    @CsvSource({
        "gen_ai.usage.cache_read.input_tokens, 4500, 4500",
        "gen_ai.usage.cache_read.input_tokens, 4501, 4501",
        "cache_read_input_tokens, 4499, 8999",
        "cache_read_input_tokens, 4500, 9000",
        "cache_read_input_tokens, 4501, 9001",
        "gen_ai.usage.cache_read_input_tokens, 4500, 9000",
        "gen_ai.usage.cache_read_input_tokens, 4501, 9001",
    })
    void oneMoreCachedTokenIsOneMore(String name, long cached, long input) {
        assertThat(Sent.span(Map.of("gen_ai.usage.input_tokens", 4500, name, cached))
                        .inputTokens())
                .isEqualTo(input);
    }

    @ParameterizedTest(name = "{0} read, {1} written to the cache of {2}: {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                "  4,   -,  10,  10",
                " 10,   -,  10,  10",
                "  5,   5,  10,  10",
                " 11,   -,  10,  21",
                "  6,   5,  10,  21",
                "  6,   5,   0,  11",
                "  6,   5,   -,   -",
                "1000000000000, -, 1, -",
            })
    void whereNothingTellsPartsThatExceedTheWholeWereCountedApart(
            @Nullable Long read, @Nullable Long written, @Nullable Long sent, @Nullable Long stored) {
        Map<String, Object> counts = new LinkedHashMap<>();
        put(counts, "gen_ai.usage.cache_read_tokens", read);
        put(counts, "gen_ai.usage.cache_write_tokens", written);
        put(counts, "gen_ai.usage.input_tokens", sent);

        NewSpan span = Sent.span(counts);
        assertThat(span.cachedInputTokens()).isEqualTo(read);
        assertThat(span.cacheCreationInputTokens()).isEqualTo(written);
        assertThat(span.inputTokens()).isEqualTo(stored);
        assertThat(span.attributes()).isEqualTo(Json.of(counts));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "gen_ai.usage.reasoning_tokens, -, 11476, 3999",
                "gen_ai.usage.reasoning.output_tokens, -, 11476, 3999",
                "gen_ai.usage.reasoning_tokens, gcp.gemini, -, 3999",
                "gen_ai.usage.reasoning_tokens, openai, -, 2060",
                "gen_ai.usage.reasoning_tokens, -, 9537, 2060",
                "gen_ai.usage.reasoning_tokens, -, -, 2060",
                "gen_ai.usage.reasoning.output_tokens, gcp.gemini, -, 2060",
                "gen_ai.usage.thoughts_token_count, -, -, 3999",
            })
    void thoughtsThatAreCountedApartAreOutput(
            String name, @Nullable String provider, @Nullable Long total, long output) {
        Map<String, Object> sent = new HashMap<>(
                Map.of("gen_ai.usage.input_tokens", 7477, "gen_ai.usage.output_tokens", 2060, name, 1939));
        put(sent, "gen_ai.provider.name", provider);
        put(sent, "gen_ai.usage.total_tokens", total);

        NewSpan span = Sent.span(sent);
        assertThat(span.outputTokens()).isEqualTo(output);
        assertThat(span.reasoningOutputTokens()).isEqualTo(1939);
        assertThat(span.inputTokens()).isEqualTo(7477);
    }

    @Test
    void reasoningBeyondTheOutputWasCountedApart() {
        assertThat(Sent.span(Map.of("gen_ai.usage.reasoning_tokens", 50, "gen_ai.usage.output_tokens", 20))
                        .outputTokens())
                .isEqualTo(70);
    }

    @Test
    void writesToTheCacheAreAddedUpWhereTheirSumIsMissing() {
        Map<String, Object> sent = new HashMap<>(Map.of(
                "cache_creation.ephemeral_5m_input_tokens", 1000,
                "cache_creation.ephemeral_1h_input_tokens", 500,
                "cache_read_input_tokens", 3000,
                "input_tokens", 5000));
        assertThat(Sent.span(sent).cacheCreationInputTokens()).isEqualTo(1500);
        assertThat(Sent.span(sent).inputTokens()).isEqualTo(9500);

        sent.put("cache_creation_input_tokens", 1501);
        assertThat(Sent.span(sent).cacheCreationInputTokens()).isEqualTo(1501);
    }

    @Test
    void countsInsideOfDocumentsAreRead() {
        NewSpan langfuse = Sent.span(
                Map.of(
                        "langfuse.observation.usage_details",
                        "{\"input\":100,\"output\":20,\"total\":170,\"input_cached_tokens\":40,\"output_reasoning_tokens\":10}"));
        assertThat(langfuse.inputTokens()).isEqualTo(140);
        assertThat(langfuse.outputTokens()).isEqualTo(30);

        NewSpan langchain = Sent.span(
                Map.of("gen_ai.usage.input_tokens", 100, "gen_ai.usage.input_token_details", "{\"cache_read\":40}"));
        assertThat(langchain.inputTokens()).isEqualTo(100);
        assertThat(langchain.cachedInputTokens()).isEqualTo(40);
    }

    @Test
    void countsOfLangfuseThatAreApartFromTheInputAreAdded() {
        for (String form : List.of(
                "{'input':60,'output':20,'input_audio':30,'input_cache_read':10,'output_audio':5,'output_reasoning':10}",
                "{'input':60,'output':20,'total':135,'input_audio_tokens':30,'input_cached_tokens':10,"
                        + "'output_audio_tokens':5,'output_reasoning_tokens':10}")) {
            NewSpan span = Sent.span(Map.of("langfuse.observation.usage_details", form.replace('\'', '"')));

            assertThat(span.inputTokens()).isEqualTo(100);
            assertThat(span.outputTokens()).isEqualTo(35);
            assertThat(span.cachedInputTokens()).isEqualTo(10);
            assertThat(span.reasoningOutputTokens()).isEqualTo(10);
            assertThat(span.usage())
                    .isEqualTo(Map.of(
                            UsageUnit.AUDIO_INPUT_TOKENS, new BigDecimal("30"),
                            UsageUnit.AUDIO_OUTPUT_TOKENS, new BigDecimal("5")));
        }
    }

    @Test
    void whatToolsHaveSentIsInputOfGemini() {
        NewSpan span = Sent.span(Map.of(
                "gcp.vertex.agent.llm_response",
                "{\"usage_metadata\":{\"prompt_token_count\":100,\"tool_use_prompt_token_count\":7,"
                        + "\"candidates_token_count\":20,\"thoughts_token_count\":30,\"total_token_count\":157}}"));

        assertThat(span.inputTokens()).isEqualTo(107);
        assertThat(span.outputTokens()).isEqualTo(50);
    }

    @ParameterizedTest(name = "{0} of Vercel, {1} of Anthropic: {2}")
    @CsvSource({"500, 500, 5000", "5000, 500, 5000"})
    void anthropicsOwnCountTellsWhetherTheSdkHasAddedTheParts(long ofSdk, long ofAnthropic, long input) {
        NewSpan span = Sent.span(Map.of(
                "ai.model.provider",
                "anthropic.messages",
                "ai.usage.inputTokens",
                ofSdk,
                "ai.usage.cachedInputTokens",
                4500,
                "ai.response.providerMetadata",
                "{\"anthropic\":{\"usage\":{\"input_tokens\":" + ofAnthropic + ",\"cache_read_input_tokens\":4500}}}"));

        assertThat(span.inputTokens()).isEqualTo(input);
    }

    @Test
    void whatAnthropicChargesForIsReadFromTheMetadataOfVercelsSdk() {
        NewSpan span = Sent.span(Map.of(
                "ai.usage.inputTokens",
                50,
                "ai.response.providerMetadata",
                "{\"anthropic\":{\"usage\":{\"input_tokens\":50,\"cache_creation_input_tokens\":700,"
                        + "\"cache_creation\":{\"ephemeral_1h_input_tokens\":600},\"service_tier\":\"batch\","
                        + "\"server_tool_use\":{\"web_search_requests\":2}}}}"));

        assertThat(span.inputTokens()).isEqualTo(750);
        assertThat(span.cacheCreationInputTokens()).isEqualTo(700);
        assertThat(span.usage())
                .isEqualTo(Map.of(
                        UsageUnit.CACHE_WRITE_1H_TOKENS,
                        new BigDecimal("600"),
                        UsageUnit.SEARCHES,
                        new BigDecimal("2")));
        assertThat(span.serviceTier()).isEqualTo("batch");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "embeddings, 8, -, 8",
                "chat, 100, 20, 80",
                "chat, 100, -, -",
                "chat, 100, 101, -",
            })
    void theInputIsWhatTheOutputLeavesOfATotal(
            String operation, long total, @Nullable Long output, @Nullable Long input) {
        Map<String, Object> sent =
                new HashMap<>(Map.of("gen_ai.operation.name", operation, "llm.usage.total_tokens", total));
        put(sent, "gen_ai.usage.output_tokens", output);

        assertThat(Sent.span(sent).inputTokens()).isEqualTo(input);
    }

    @ParameterizedTest
    @CsvSource({
        "gen_ai.usage.input_cost, gen_ai.usage.output_cost",
        "gen_ai.cost.input_cost, gen_ai.cost.output_cost",
        "llm.cost.prompt, llm.cost.completion",
    })
    void partsOfACostAreAddedUpIfNoneIsMissing(String ofInput, String ofOutput) {
        assertThat(Sent.span(Map.of(ofInput, 0.001, ofOutput, "0.002")).cost()).isEqualByComparingTo("0.003");
        assertThat(Sent.span(Map.of(ofInput, 0.001, ofOutput, 0.002, "gen_ai.usage.cost", 0.004))
                        .cost())
                .isEqualByComparingTo("0.004");
        assertThat(Sent.span(Map.of(ofInput, 0.001)).cost()).isEqualByComparingTo("0.001");
        assertThat(Sent.span(Map.of(ofInput, 0.001, "gen_ai.usage.output_tokens", 1))
                        .cost())
                .isNull();
        assertThat(Sent.span(Map.of(ofOutput, 0.001)).cost()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "gen_ai.usage.cost, 0.0123, 0.0123",
                "gen_ai.cost.total_cost, 0.0123, 0.0123",
                "llm.cost.total, 0.0123, 0.0123",
                "litellm.cost.total, 1.2E-5, 0.000012",
                "operation.cost, 0, 0",
                "langfuse.observation.cost_details, '{\"input\":0.01,\"total\":0.03}', 0.03",
                "langfuse.observation.cost_details, '{\"input\":0.01,\"output\":0.02,\"cache\":0.005}', 0.035",
                "langfuse.observation.cost_details, '{\"input\":0.01,\"output\":\"much\"}', -",
                "langfuse.observation.cost_details, '{}', -",
                "hidden_params, '{\"response_cost\":0.00021}', 0.00021",
                "mlflow.llm.cost, '{\"total_cost\":0.03}', 0.03",
                "gen_ai.usage.cost, 0.0000000000005, 0.0000000000005",
                "gen_ai.usage.cost, 0.0000000000000000000000000000005, 0.000000000000000000000000000001",
                "gen_ai.usage.cost, -1, -",
                "gen_ai.usage.cost, 1000000, 1000000",
                "gen_ai.usage.cost, 1000000000000, -",
                "gen_ai.usage.cost, free, -",
            })
    void aReportedCostIsReadAndStays(String name, String value, @Nullable BigDecimal dollars) {
        NewSpan span = Sent.span(Map.of(name, value));

        if (dollars == null) {
            assertThat(span.cost()).isNull();
        } else {
            assertThat(span.cost()).isEqualByComparingTo(dollars);
        }
        assertThat(span.attributes()).isEqualTo(Json.of(Map.of(name, value)));
    }

    private static void put(Map<String, Object> map, String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }
}
