package io.promptforge.dao.opentelemetry;

import java.util.List;

/**
 * The names of the attributes that are moved into columns, those of the newest convention first. First come OpenTelemetry's own, then
 * OpenInference's ({@code llm.*}, {@code input.value} …), then those of OpenLLMetry ({@code traceloop.*}, {@code llm.*}).
 */
final class AttributeNames {
    static final List<String> OPERATION_NAME = List.of("gen_ai.operation.name");
    static final List<String> PROVIDER_NAME =
            List.of("gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system");
    static final List<String> REQUEST_MODEL =
            List.of("gen_ai.request.model", "llm.request.model_name", "llm.model_name", "embedding.model_name");
    static final List<String> RESPONSE_MODEL = List.of("gen_ai.response.model", "llm.response.model_name");
    static final List<String> RESPONSE_ID = List.of("gen_ai.response.id");
    static final List<String> FINISH_REASONS =
            List.of("gen_ai.response.finish_reasons", "llm.finish_reason", "llm.response.finish_reason");
    static final List<String> TEMPERATURE = List.of("gen_ai.request.temperature");
    static final List<String> MAX_TOKENS = List.of("gen_ai.request.max_tokens");
    static final List<String> TIME_TO_FIRST_TOKEN = List.of("gen_ai.response.time_to_first_chunk");

    static final List<String> INPUT_TOKENS = List.of(
            "gen_ai.usage.input_tokens",
            "gen_ai.usage.prompt_tokens",
            "llm.token_count.prompt",
            "llm.usage.prompt_tokens");
    static final List<String> OUTPUT_TOKENS = List.of(
            "gen_ai.usage.output_tokens",
            "gen_ai.usage.completion_tokens",
            "llm.token_count.completion",
            "llm.usage.completion_tokens");
    static final List<String> CACHED_INPUT_TOKENS = List.of(
            "gen_ai.usage.cache_read.input_tokens",
            "gen_ai.usage.cache_read_input_tokens",
            "llm.token_count.prompt_details.cache_read");
    static final List<String> CACHE_CREATION_INPUT_TOKENS = List.of(
            "gen_ai.usage.cache_write.input_tokens",
            "gen_ai.usage.cache_creation.input_tokens",
            "gen_ai.usage.cache_creation_input_tokens",
            "llm.token_count.prompt_details.cache_write");
    static final List<String> REASONING_OUTPUT_TOKENS = List.of(
            "gen_ai.usage.reasoning.output_tokens",
            "gen_ai.usage.reasoning_tokens",
            "llm.token_count.completion_details.reasoning");

    static final List<String> INPUT_MESSAGES = List.of("gen_ai.input.messages");
    static final List<String> SYSTEM_INSTRUCTIONS = List.of("gen_ai.system_instructions");
    static final List<String> INPUT = List.of(
            "gen_ai.input.messages",
            "gen_ai.tool.call.arguments",
            "gen_ai.retrieval.query.text",
            "gen_ai.memory.query.text",
            "gen_ai.prompt",
            "input.value",
            "traceloop.entity.input");
    static final List<String> FLATTENED_INPUT = List.of("gen_ai.prompt", "llm.input_messages");
    static final List<String> OUTPUT = List.of(
            "gen_ai.output.messages",
            "gen_ai.tool.call.result",
            "gen_ai.retrieval.documents",
            "gen_ai.memory.records",
            "gen_ai.completion",
            "output.value",
            "traceloop.entity.output");
    static final List<String> FLATTENED_OUTPUT =
            List.of("gen_ai.completion", "llm.output_messages", "retrieval.documents");

    static final List<String> ERROR_TYPE = List.of("error.type");
    static final List<String> ERROR_MESSAGE = List.of("error.message");
    static final List<String> EXCEPTION_TYPE = List.of("exception.type");
    static final List<String> EXCEPTION_MESSAGE = List.of("exception.message");

    static final List<String> SESSION =
            List.of("session.id", "gen_ai.conversation.id", "traceloop.association.properties.session_id");
    static final List<String> END_USER = List.of("user.id", "enduser.id", "traceloop.association.properties.user_id");
    static final List<String> ENVIRONMENT = List.of("deployment.environment.name", "deployment.environment");
    static final List<String> SERVICE_NAME = List.of("service.name");

    private AttributeNames() {}
}
