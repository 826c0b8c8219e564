package io.promptforge.dao.opentelemetry;

import static io.promptforge.dao.opentelemetry.UsageTable.Counting.APART;
import static io.promptforge.dao.opentelemetry.UsageTable.Counting.INCLUDED;

import io.promptforge.dao.model.UsageUnit;
import io.promptforge.dao.model.naming.Providers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that count tokens, as rows of the {@link AttributeTable}, and how senders count. Counts stay among the
 * attributes, so that a wrong reading can be corrected. {@link TokenCounts} decides by this table.
 */
final class UsageTable {

    /** How a part relates to the whole. */
    enum Counting {
        /** The whole has it. */
        INCLUDED,
        /** The whole does not have it. */
        APART
    }

    /** A part of the input or output, and what the name of its attribute tells; null for nothing. */
    record Part(long tokens, @Nullable Counting counting) {}

    static final Row<Long> INPUT = Row.of(
            NumberParsers::tokens,
            "gen_ai.usage.input_tokens",
            "gen_ai.usage.prompt_tokens",
            "llm.token_count.prompt",
            "llm.usage.prompt_tokens",
            "llm.usage.input_tokens",
            "ai.usage.inputTokens",
            "ai.usage.promptTokens",
            "langfuse.observation.usage_details->input",
            "langfuse.observation.usage_details->input_tokens",
            "langfuse.observation.usage_details->prompt_tokens",
            "mlflow.chat.tokenUsage->input_tokens",
            "langsmith.usage_metadata->input_tokens",
            "gcp.vertex.agent.llm_response->usage_metadata->prompt_token_count",
            "response_data->usage->input_tokens",
            "response_data->usage->prompt_tokens",
            "haystack.component.output->replies->0->meta->usage->prompt_tokens",
            "ai.usage.tokens",
            "usage.input_tokens",
            "input_tokens",
            "prompt_tokens");

    static final Row<Long> OUTPUT = Row.of(
            NumberParsers::tokens,
            "gen_ai.usage.output_tokens",
            "gen_ai.usage.completion_tokens",
            "llm.token_count.completion",
            "llm.usage.completion_tokens",
            "llm.usage.output_tokens",
            "ai.usage.outputTokens",
            "ai.usage.completionTokens",
            "langfuse.observation.usage_details->output",
            "langfuse.observation.usage_details->output_tokens",
            "langfuse.observation.usage_details->completion_tokens",
            "mlflow.chat.tokenUsage->output_tokens",
            "langsmith.usage_metadata->output_tokens",
            "gcp.vertex.agent.llm_response->usage_metadata->candidates_token_count",
            "response_data->usage->output_tokens",
            "response_data->usage->completion_tokens",
            "haystack.component.output->replies->0->meta->usage->completion_tokens",
            "usage.output_tokens",
            "output_tokens",
            "completion_tokens");

    static final Row<Long> TOTAL = Row.of(
            NumberParsers::tokens,
            "gen_ai.usage.total_tokens",
            "llm.token_count.total",
            "llm.usage.total_tokens",
            "ai.usage.totalTokens",
            "langfuse.observation.usage_details->total",
            "langfuse.observation.usage_details->total_tokens",
            "mlflow.chat.tokenUsage->total_tokens",
            "langsmith.usage_metadata->total_tokens",
            "gcp.vertex.agent.llm_response->usage_metadata->total_token_count",
            "response_data->usage->total_tokens",
            "haystack.component.output->replies->0->meta->usage->total_tokens",
            "usage.total_tokens",
            "total_tokens");

    /** The input as Anthropic counts it, which Vercel's AI SDK reports beside its own count. */
    static final Row<Long> INPUT_OF_ANTHROPIC =
            Row.of(NumberParsers::tokens, "ai.response.providerMetadata->anthropic->usage->input_tokens");

    /** Counts that the input does not have: Langfuse's are apart each, and so are Gemini's of what tools have sent. */
    static final List<Row<Long>> BESIDE_INPUT = List.of(
            Row.of(
                    NumberParsers::tokens,
                    "langfuse.observation.usage_details->input_audio_tokens",
                    "langfuse.observation.usage_details->input_audio"),
            Row.of(
                    NumberParsers::tokens,
                    "gcp.vertex.agent.llm_response->usage_metadata->tool_use_prompt_token_count"));

    static final List<Row<Long>> BESIDE_OUTPUT = List.of(Row.of(
            NumberParsers::tokens,
            "langfuse.observation.usage_details->output_audio_tokens",
            "langfuse.observation.usage_details->output_audio"));

    static final Row<Part> CACHED_INPUT = Row.of(
                    part(INCLUDED),
                    // OpenTelemetry's semantic conventions, 1.40: "should be included in gen_ai.usage.input_tokens".
                    "gen_ai.usage.cache_read.input_tokens",
                    // Sentry's conventions, and Brokle's.
                    "gen_ai.usage.input_tokens.cached",
                    "gen_ai.usage.input_tokens.cache_read",
                    // LiveKit, where they lie inside of the input of text and audio.
                    "gen_ai.usage.input_cached_tokens",
                    // OpenAI's usage.prompt_tokens_details and usage.input_tokens_details.
                    "gen_ai.usage.prompt_tokens_details.cached_tokens",
                    "gen_ai.usage.input_tokens_details.cached_tokens",
                    "langfuse.observation.usage_details->prompt_tokens_details->cached_tokens",
                    "langfuse.observation.usage_details->input_tokens_details->cached_tokens",
                    "response_data->usage->prompt_tokens_details->cached_tokens",
                    "response_data->usage->input_tokens_details->cached_tokens",
                    // Pydantic AI adds up what the provider counts apart, and keeps the provider's counts as details.
                    "gen_ai.usage.details.cache_read_tokens",
                    "gen_ai.usage.details.cached_tokens",
                    "gen_ai.usage.details.cache_read_input_tokens",
                    // DeepSeek's prompt_tokens are the sum of prompt_cache_hit_tokens and prompt_cache_miss_tokens.
                    "gen_ai.usage.details.prompt_cache_hit_tokens",
                    // LangChain's UsageMetadata: input_tokens is the "sum of all input token types".
                    "gen_ai.usage.input_token_details->cache_read",
                    "langsmith.usage_metadata->input_token_details->cache_read",
                    // OpenInference; its instrumentations add up since March 2025.
                    "llm.token_count.prompt_details.cache_read",
                    "llm.token_count.prompt_details.cache_input",
                    // Vercel's AI SDK 6.
                    "ai.usage.inputTokenDetails.cacheReadTokens",
                    // Gemini's prompt_token_count.
                    "gcp.vertex.agent.llm_response->usage_metadata->cached_content_token_count")
            .or(
                    part(APART),
                    // Langfuse: each key of usage_details is a count of its own.
                    "langfuse.observation.usage_details->input_cached_tokens",
                    "langfuse.observation.usage_details->input_cache_read",
                    "langfuse.observation.usage_details->cache_read_input_tokens",
                    // Anthropic's Messages API: "input_tokens: tokens after the last cache breakpoint".
                    "usage.cache_read_input_tokens",
                    "cache_read_input_tokens")
            .or(
                    part(null),
                    "gen_ai.usage.cache_read_input_tokens",
                    "gen_ai.usage.cache_read_tokens",
                    "gen_ai.usage.cached_input_tokens",
                    "gen_ai.usage.cached_tokens",
                    "llm.usage.cache_read_input_tokens",
                    "ai.usage.cachedInputTokens",
                    "ai.response.providerMetadata->anthropic->usage->cache_read_input_tokens",
                    "ai.response.providerMetadata->bedrock->usage->cacheReadInputTokens",
                    "ai.response.providerMetadata->openai->cachedPromptTokens",
                    "mlflow.chat.tokenUsage->cache_read_input_tokens",
                    "cache_read_tokens");

    static final Row<Part> CACHE_CREATION_INPUT = Row.of(
                    part(INCLUDED),
                    "gen_ai.usage.cache_write.input_tokens",
                    "gen_ai.usage.cache_creation.input_tokens",
                    "gen_ai.usage.input_tokens.cache_write",
                    "gen_ai.usage.input_tokens.cache_creation",
                    "gen_ai.usage.details.cache_write_tokens",
                    "gen_ai.usage.details.cache_creation_input_tokens",
                    "gen_ai.usage.input_token_details->cache_creation",
                    "langsmith.usage_metadata->input_token_details->cache_creation",
                    "llm.token_count.prompt_details.cache_write",
                    "ai.usage.inputTokenDetails.cacheWriteTokens")
            .or(
                    part(APART),
                    "langfuse.observation.usage_details->input_cache_creation",
                    "langfuse.observation.usage_details->cache_creation_input_tokens",
                    "usage.cache_creation_input_tokens",
                    "cache_creation_input_tokens")
            .or(
                    part(null),
                    "gen_ai.usage.cache_creation_input_tokens",
                    "gen_ai.usage.cache_creation_tokens",
                    "gen_ai.usage.cache_write_input_tokens",
                    "gen_ai.usage.cache_write_tokens",
                    "llm.usage.cache_creation_input_tokens",
                    "ai.response.providerMetadata->anthropic->usage->cache_creation_input_tokens",
                    "ai.response.providerMetadata->anthropic->cacheCreationInputTokens",
                    "ai.response.providerMetadata->bedrock->usage->cacheWriteInputTokens",
                    "mlflow.chat.tokenUsage->cache_creation_input_tokens",
                    "cache_creation_tokens",
                    "cache_write_tokens");

    /** Names of Anthropic's API, under which its counts are passed on by senders that tell no provider. */
    static final Row<Long> NAMED_BY_ANTHROPIC = Row.of(
            NumberParsers::tokens,
            "gen_ai.usage.cache_creation_input_tokens",
            "gen_ai.usage.cache_read_input_tokens",
            "llm.usage.cache_creation_input_tokens",
            "llm.usage.cache_read_input_tokens");

    /** Writes for five minutes and for an hour; their sum counts where the sum is not reported. */
    static final Row<Long> CACHE_CREATION_5M = Row.of(
            NumberParsers::tokens,
            "gen_ai.usage.cache_creation.ephemeral_5m_input_tokens",
            "ai.response.providerMetadata->anthropic->usage->cache_creation->ephemeral_5m_input_tokens",
            "usage.cache_creation.ephemeral_5m_input_tokens",
            "cache_creation.ephemeral_5m_input_tokens");

    static final Row<Long> CACHE_CREATION_1H = Row.of(
            NumberParsers::tokens,
            "gen_ai.usage.cache_creation.ephemeral_1h_input_tokens",
            "ai.response.providerMetadata->anthropic->usage->cache_creation->ephemeral_1h_input_tokens",
            "usage.cache_creation.ephemeral_1h_input_tokens",
            "cache_creation.ephemeral_1h_input_tokens");

    /** Parts of the input and output that have prices of their own; the names are those of counts that the whole has. */
    static final Row<Long> AUDIO_INPUT = Row.of(
            NumberParsers::tokens,
            "gen_ai.usage.prompt_tokens_details.audio_tokens",
            "gen_ai.usage.input_tokens_details.audio_tokens",
            "gen_ai.usage.details.input_audio_tokens",
            // Pydantic AI names Gemini's counts by modality so.
            "gen_ai.usage.details.audio_prompt_tokens",
            "gen_ai.usage.input_audio_tokens",
            "langfuse.observation.usage_details->input_audio_tokens",
            "langfuse.observation.usage_details->input_audio",
            "gen_ai.usage.input_token_details->audio",
            "langsmith.usage_metadata->input_token_details->audio",
            "langfuse.observation.usage_details->prompt_tokens_details->audio_tokens",
            "llm.token_count.prompt_details.audio");

    static final Row<Long> CACHED_AUDIO_INPUT = Row.of(
            NumberParsers::tokens,
            "gen_ai.usage.details.cache_audio_read_tokens",
            "gen_ai.usage.details.audio_cache_tokens");

    static final Row<Long> IMAGE_INPUT = Row.of(
            NumberParsers::tokens,
            "gen_ai.usage.input_tokens_details.image_tokens",
            "gen_ai.usage.prompt_tokens_details.image_tokens",
            "gen_ai.usage.details.image_prompt_tokens");

    static final Row<Long> VIDEO_INPUT = Row.of(NumberParsers::tokens, "gen_ai.usage.details.video_prompt_tokens");

    static final Row<Long> AUDIO_OUTPUT = Row.of(
            NumberParsers::tokens,
            "gen_ai.usage.completion_tokens_details.audio_tokens",
            "gen_ai.usage.output_tokens_details.audio_tokens",
            "gen_ai.usage.details.output_audio_tokens",
            "gen_ai.usage.details.audio_candidates_tokens",
            "gen_ai.usage.output_audio_tokens",
            "langfuse.observation.usage_details->output_audio_tokens",
            "langfuse.observation.usage_details->output_audio",
            "gen_ai.usage.output_token_details->audio",
            "langsmith.usage_metadata->output_token_details->audio",
            "langfuse.observation.usage_details->completion_tokens_details->audio_tokens",
            "llm.token_count.completion_details.audio");

    static final Row<Long> IMAGE_OUTPUT = Row.of(
            NumberParsers::tokens,
            "gen_ai.usage.output_tokens_details.image_tokens",
            "gen_ai.usage.completion_tokens_details.image_tokens",
            "gen_ai.usage.details.image_candidates_tokens");

    static final Row<Long> SEARCHES = Row.of(
            NumberParsers::tokens,
            "gen_ai.usage.server_tool_use.web_search_requests",
            "ai.response.providerMetadata->anthropic->usage->server_tool_use->web_search_requests",
            "usage.server_tool_use.web_search_requests");

    /** Counts that are charged for, without columns of their own. */
    static final Map<UsageUnit, Row<Long>> OTHERS = Map.of(
            UsageUnit.CACHE_WRITE_1H_TOKENS, CACHE_CREATION_1H,
            UsageUnit.AUDIO_INPUT_TOKENS, AUDIO_INPUT,
            UsageUnit.CACHED_AUDIO_INPUT_TOKENS, CACHED_AUDIO_INPUT,
            UsageUnit.IMAGE_INPUT_TOKENS, IMAGE_INPUT,
            UsageUnit.VIDEO_INPUT_TOKENS, VIDEO_INPUT,
            UsageUnit.AUDIO_OUTPUT_TOKENS, AUDIO_OUTPUT,
            UsageUnit.IMAGE_OUTPUT_TOKENS, IMAGE_OUTPUT,
            UsageUnit.SEARCHES, SEARCHES);

    static final Row<Part> REASONING_OUTPUT = Row.of(
                    part(INCLUDED),
                    "gen_ai.usage.reasoning.output_tokens",
                    "gen_ai.usage.output_tokens.reasoning",
                    "gen_ai.usage.completion_tokens_details.reasoning_tokens",
                    "gen_ai.usage.output_tokens_details.reasoning_tokens",
                    "gen_ai.usage.details.reasoning_tokens",
                    "gen_ai.usage.details.thoughts_tokens",
                    "gen_ai.usage.output_token_details->reasoning",
                    "langsmith.usage_metadata->output_token_details->reasoning",
                    "llm.token_count.completion_details.reasoning",
                    "ai.usage.outputTokenDetails.reasoningTokens",
                    "langfuse.observation.usage_details->completion_tokens_details->reasoning_tokens",
                    "langfuse.observation.usage_details->output_tokens_details->reasoning_tokens",
                    "response_data->usage->completion_tokens_details->reasoning_tokens",
                    "response_data->usage->output_tokens_details->reasoning_tokens")
            .or(
                    part(APART),
                    "langfuse.observation.usage_details->output_reasoning_tokens",
                    "langfuse.observation.usage_details->output_reasoning",
                    // Gemini's candidates_token_count.
                    "gcp.vertex.agent.llm_response->usage_metadata->thoughts_token_count",
                    "gen_ai.usage.thoughts_token_count",
                    "gen_ai.usage.thoughts_tokens")
            .or(
                    part(null),
                    "gen_ai.usage.reasoning_tokens",
                    "gen_ai.usage.reasoning_output_tokens",
                    "gen_ai.usage.output_reasoning_tokens",
                    "gen_ai.usage.experimental.reasoning_tokens",
                    "llm.usage.reasoning_tokens",
                    "ai.usage.reasoningTokens",
                    "reasoning_tokens");

    /** Instrumentations that treat all providers alike, by the beginning of their scope's name. */
    static final List<Scope> SCOPES = List.of(
            // OpenLLMetry: input_tokens + cache_read_input_tokens + cache_creation_input_tokens, since October 2024.
            new Scope("opentelemetry.instrumentation.anthropic", INCLUDED),
            // OpenLLMetry passes inputTokens of Bedrock's Converse on.
            new Scope("opentelemetry.instrumentation.bedrock", APART),
            new Scope("pydantic-ai", INCLUDED),
            new Scope("logfire", INCLUDED),
            new Scope("langsmith", INCLUDED),
            // LiteLLM converts what all providers count to OpenAI's form.
            new Scope("litellm", INCLUDED),
            // Claude Code and Strands Agents pass on what Anthropic's and Bedrock's APIs count.
            new Scope("com.anthropic.claude_code", APART),
            new Scope("strands", APART));

    /** Since this version, OpenTelemetry's convention says that the whole has its parts. */
    static final int SCHEMA_WITH_PARTS = 40;

    /** How providers' APIs relate cached tokens to the input. */
    static final Map<String, Counting> CACHED_BY_PROVIDER = Map.of(
            Providers.ANTHROPIC, APART, // Messages API, usage.input_tokens
            Providers.AWS, APART, // Converse, TokenUsage.inputTokens
            Providers.OPENAI, INCLUDED,
            Providers.AZURE, INCLUDED,
            Providers.GOOGLE, INCLUDED, // usageMetadata.promptTokenCount
            Providers.XAI, INCLUDED,
            Providers.DEEPSEEK, INCLUDED,
            Providers.MISTRAL, INCLUDED,
            Providers.GROQ, INCLUDED);

    /** How providers' APIs relate reasoning to the output. */
    static final Map<String, Counting> REASONING_BY_PROVIDER = Map.of(
            Providers.GOOGLE, APART, // usageMetadata.candidatesTokenCount and thoughtsTokenCount
            Providers.XAI, APART, // completion_tokens and completion_tokens_details.reasoning_tokens
            Providers.OPENAI, INCLUDED,
            Providers.AZURE, INCLUDED,
            Providers.ANTHROPIC, INCLUDED,
            Providers.DEEPSEEK, INCLUDED,
            Providers.GROQ, INCLUDED);

    private UsageTable() {}

    /** An instrumentation and how it counts. */
    record Scope(String start, Counting counting) {}

    private static Reader<Part> part(@Nullable Counting counting) {
        return value -> {
            Long tokens = NumberParsers.tokens(value);
            return tokens == null ? null : new Part(tokens, counting);
        };
    }
}
