package io.promptforge.dao.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.model.UsageUnit;
import io.promptforge.dao.trace.NewSpan;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Token counts that are sent in JSON documents: of Langfuse, LangChain, ADK, and of Anthropic through Vercel's SDK. */
class CountsInDocumentsTest {

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
}
