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

    private static void put(Map<String, Object> map, String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }
}
