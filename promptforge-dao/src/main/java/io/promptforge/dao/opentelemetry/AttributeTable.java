package io.promptforge.dao.opentelemetry;

import static io.promptforge.dao.opentelemetry.AttributeParsers.always;
import static io.promptforge.dao.opentelemetry.AttributeParsers.keeping;
import static io.promptforge.dao.opentelemetry.AttributeParsers.name;
import static io.promptforge.dao.opentelemetry.AttributeParsers.text;
import static io.promptforge.dao.opentelemetry.NumberParsers.milliseconds;
import static io.promptforge.dao.opentelemetry.NumberParsers.seconds;
import static io.promptforge.dao.opentelemetry.NumberParsers.secondsOrNanoseconds;
import static io.promptforge.dao.opentelemetry.NumberParsers.temperature;

import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that are read, a row for each field, in order of precedence: the newest convention first, names without a
 * namespace last. To read one more attribute, add its name to the row of its field, in the notation of {@link Source}, and to the
 * table of the package's documentation. Input and output are in the {@link DocumentTable}, counts of tokens in the {@link UsageTable}, the
 * words for kinds in {@link KindWords}.
 */
final class AttributeTable {
    // A call of a model
    static final Row<String> OPERATION_NAME = Row.of(text(100), "gen_ai.operation.name", "ai.operationId");

    static final Row<String> PROVIDER_NAME = Row.of(
            ProviderReader.reader(),
            "gen_ai.provider.name",
            "gen_ai.system",
            "llm.provider",
            "llm.system",
            "ai.model.provider",
            "mlflow.llm.provider",
            "langsmith.metadata.ls_provider");

    static final Row<String> REQUEST_MODEL = Row.of(
            name(200),
            "gen_ai.request.model",
            "llm.request.model_name",
            "llm.model_name",
            "llm.request.model",
            "embedding.model_name",
            "reranker.model_name",
            "ai.model.id",
            "langfuse.observation.model.name",
            "mlflow.llm.model",
            "langsmith.metadata.ls_model_name",
            "llm.invocation_parameters->model",
            "llm.invocation_parameters->model_name",
            "embedding.invocation_parameters->model",
            "gcp.vertex.agent.llm_request->model",
            "request_data->model",
            "model_name",
            "model");

    static final Row<String> RESPONSE_MODEL = Row.of(
            name(200),
            "gen_ai.response.model",
            "llm.response.model_name",
            "llm.response.model",
            "ai.response.model",
            "gcp.vertex.agent.llm_response->model_version",
            "haystack.component.output->replies->0->meta->model",
            "response_data->model");

    static final Row<String> RESPONSE_ID = Row.of(name(200), "gen_ai.response.id", "llm.response.id", "ai.response.id");

    static final Row<List<String>> FINISH_REASONS = Row.of(
                    AttributeParsers::texts,
                    "gen_ai.response.finish_reasons",
                    "gen_ai.response.finish_reason",
                    "gen_ai.response.stop_reason",
                    "llm.finish_reason",
                    "llm.response.finish_reason",
                    "llm.response.stop_reason",
                    "ai.response.finishReason",
                    "gen_ai.finishReason",
                    "ai.finishReason",
                    "stop_reason")
            .or(
                    keeping(AttributeParsers::texts),
                    "gen_ai.output.messages->0->finish_reason",
                    "gen_ai.completion.0.finish_reason");

    /** What the response says goes before what the request asked for. */
    static final Row<String> SERVICE_TIER = Row.of(
            text(100),
            "openai.response.service_tier",
            "gen_ai.openai.response.service_tier",
            "usage.service_tier",
            "ai.response.providerMetadata->openai->serviceTier",
            "ai.response.providerMetadata->anthropic->usage->service_tier",
            "gcp.vertex.agent.llm_response->usage_metadata->traffic_type",
            "openai.request.service_tier",
            "gen_ai.openai.request.service_tier",
            "llm.invocation_parameters->service_tier");

    static final Row<Double> TEMPERATURE = Row.of(
            temperature(),
            "gen_ai.request.temperature",
            "llm.request.temperature",
            "llm.invocation_parameters->temperature",
            "llm.invocation_parameters->generation_config->temperature",
            "langfuse.observation.model.parameters->temperature",
            "gcp.vertex.agent.llm_request->config->temperature",
            "ai.settings.temperature",
            "model_config->temperature");

    static final Row<Integer> MAX_TOKENS = Row.of(
            NumberParsers::count,
            "gen_ai.request.max_tokens",
            "gen_ai.request.max_completion_tokens",
            "llm.request.max_tokens",
            "llm.invocation_parameters->max_tokens",
            "llm.invocation_parameters->max_completion_tokens",
            "llm.invocation_parameters->max_output_tokens",
            "langfuse.observation.model.parameters->max_tokens",
            "langfuse.observation.model.parameters->max_completion_tokens",
            "gcp.vertex.agent.llm_request->config->max_output_tokens",
            "ai.settings.maxOutputTokens",
            "ai.settings.maxTokens",
            "model_config->max_tokens");

    static final Row<Duration> TIME_TO_FIRST_TOKEN = Row.of(
                    seconds(),
                    "gen_ai.response.time_to_first_chunk",
                    "gen_ai.server.time_to_first_token",
                    "lk.response.ttft")
            .or(secondsOrNanoseconds(), "gen_ai.response.time_to_first_token")
            .or(
                    milliseconds(),
                    "gen_ai.response.time_to_first_token_ms",
                    "gen_ai.server.time_to_first_token_ms",
                    "gen_ai.client.response.time_to_first_token",
                    "ai.response.msToFirstChunk",
                    "ai.stream.msToFirstChunk",
                    "ttft_ms");

    /** The moment of the first token, where that is reported instead. */
    static final Row<Instant> FIRST_TOKEN_AT =
            Row.of(NumberParsers::moment, "langfuse.observation.completion_start_time");

    static final Row<BigDecimal> COST = Row.of(
                    NumberParsers::dollars,
                    "gen_ai.usage.cost",
                    "gen_ai.usage.total_cost",
                    "gen_ai.usage.cost_usd",
                    "gen_ai.cost.total_cost",
                    "gen_ai.cost.total",
                    "llm.cost.total",
                    "llm.usage.total_cost",
                    "litellm.cost.total",
                    "operation.cost",
                    "langfuse.observation.cost_details->total",
                    "mlflow.llm.cost->total_cost",
                    "langsmith.usage_metadata->total_cost",
                    "ai.response.providerMetadata->gateway->cost",
                    "ai.response.providerMetadata->openrouter->usage->cost",
                    "hidden_params->response_cost",
                    "cost_usd")
            // Langfuse adds up the costs that have no total.
            .or(NumberParsers::sumOfDollars, "langfuse.observation.cost_details");

    /** The parts of a cost whose sum is not reported. */
    static final Row<BigDecimal> INPUT_COST = Row.of(
            NumberParsers::dollars,
            "gen_ai.usage.input_cost",
            "gen_ai.cost.input_cost",
            "llm.cost.prompt",
            "langsmith.usage_metadata->input_cost");

    static final Row<BigDecimal> OUTPUT_COST = Row.of(
            NumberParsers::dollars,
            "gen_ai.usage.output_cost",
            "gen_ai.cost.output_cost",
            "llm.cost.completion",
            "langsmith.usage_metadata->output_cost");

    // An error
    static final Row<String> ERROR_TYPE = Row.of(text(200), "error.type");
    static final Row<String> ERROR_MESSAGE =
            Row.of(text(10_000), "error.message", "langfuse.observation.status_message");
    static final Row<String> EXCEPTION_TYPE = Row.of(text(Integer.MAX_VALUE), "exception.type");
    static final Row<String> EXCEPTION_MESSAGE = Row.of(text(Integer.MAX_VALUE), "exception.message");

    /** What may tell a timeout. */
    static final Row<String> ERROR_CODE = Row.of(text(Integer.MAX_VALUE), "error.type");

    static final Row<String> HTTP_STATUS =
            Row.of(text(50), "http.response.status_code", "http.status_code", "rpc.response.status_code");

    /** Whether the span failed, where that is an attribute instead of the status. */
    static final Row<Boolean> IS_ERROR =
            Row.of(AttributeParsers.word(Map.of("error", true)), "langfuse.observation.level");

    // The kind of a span
    static final Row<SpanKind> KIND = Row.of(
                    KindWords.reader(),
                    "gen_ai.operation.name",
                    "langfuse.observation.type",
                    "openinference.span.kind",
                    "ai.operationId",
                    "mlflow.spanType",
                    "traceloop.span.kind",
                    "langsmith.span.kind",
                    "spring.ai.kind",
                    "gen_ai.span.kind",
                    "llm.request.type")
            .or(AttributeParsers.word(Map.of("framework", SpanKind.CHAIN)), "gen_ai.operation.name") // Spring AI
            .or(
                    always(SpanKind.TOOL),
                    "gen_ai.tool.name",
                    "gen_ai.tool.call.arguments",
                    "tool.name",
                    "ai.toolCall.name",
                    "tool_arguments",
                    "tool.parameters")
            .or(AttributeParsers.word(Map.of("tools/call", SpanKind.TOOL)), "mcp.method.name")
            .or(always(SpanKind.AGENT), "agent_name", "all_messages_events", "pydantic_ai.all_messages", "final_result")
            .or(always(SpanKind.CHAIN), "haystack.pipeline.input_data")
            .or(always(SpanKind.RETRIEVAL), "db.vector.query.top_k", "db.vector.query.content");

    // The trace; all of these stay among the attributes
    static final Row<String> TRACE_NAME =
            Row.of(text(200), "langfuse.trace.name", "langsmith.trace.name", "mlflow.traceName", "trace.name");

    static final Row<String> SESSION = Row.of(
                    text(200),
                    "session.id",
                    "gen_ai.conversation.id",
                    "langfuse.session.id",
                    "langfuse.trace.metadata.langfuse_session_id",
                    "langsmith.trace.session_id",
                    "langsmith.metadata.session_id",
                    "langsmith.metadata.thread_id",
                    "langsmith.metadata.conversation_id",
                    "traceloop.association.properties.session_id",
                    "traceloop.association.properties.thread_id",
                    "traceloop.association.properties.conversation_id",
                    "traceloop.association.properties.chat_id",
                    "ai.telemetry.metadata.sessionId",
                    "mlflow.trace.session",
                    "gcp.vertex.agent.session_id",
                    "gen_ai.session.id",
                    "metadata->session_id",
                    "metadata->thread_id",
                    "session_id",
                    "thread_id")
            // Spring AI's conversation of all calls that name none.
            .or(AttributeParsers.textOtherThan("default"), "spring.ai.chat.client.conversation.id");

    static final Row<String> END_USER = Row.of(
            text(200),
            "user.id",
            "enduser.id",
            "enduser.pseudo.id",
            "langfuse.user.id",
            "langfuse.trace.metadata.langfuse_user_id",
            "langsmith.metadata.user_id",
            "traceloop.association.properties.user_id",
            "ai.telemetry.metadata.userId",
            "mlflow.trace.user",
            "gen_ai.user",
            "gen_ai.request.user",
            "llm.user",
            "metadata.user_api_key_end_user_id",
            "metadata->user_id",
            "user_id");

    static final Row<String> ENVIRONMENT = Row.of(
            text(100),
            "deployment.environment.name",
            "deployment.environment",
            "langfuse.environment",
            "gen_ai.environment",
            "langsmith.metadata.environment");

    static final Row<UUID> PROMPT_VERSION_ID = Row.of(AttributeParsers::uuid, "promptforge.prompt.version.id");

    static final Row<String> PROMPT_NAME = Row.of(
            text(200),
            "promptforge.prompt.name",
            "gen_ai.prompt.name",
            "langfuse.observation.prompt.name",
            "langfuse.prompt.name",
            "ai.telemetry.metadata.langfusePrompt->name",
            "traceloop.prompt.key",
            "mlflow.linkedPrompts->0->name",
            "prompt.id");

    static final Row<String> PROMPT_VERSION = Row.of(
            text(200),
            "promptforge.prompt.version",
            "gen_ai.prompt.version",
            "langfuse.observation.prompt.version",
            "langfuse.prompt.version",
            "ai.telemetry.metadata.langfusePrompt->version",
            "traceloop.prompt.version",
            "mlflow.linkedPrompts->0->version",
            "llm.prompt_template.version");

    static final Row<List<String>> TAGS = Row.of(
            AttributeParsers::tags,
            "langfuse.trace.tags",
            "langfuse.tags",
            "langsmith.span.tags",
            "ai.telemetry.metadata.tags",
            "tag.tags",
            "logfire.tags");

    static final Row<Json> TRACE_INPUT =
            Row.of(AttributeParsers::document, "langfuse.trace.input", "mlflow.traceInputs");

    static final Row<Json> TRACE_OUTPUT =
            Row.of(AttributeParsers::document, "langfuse.trace.output", "mlflow.traceOutputs");

    /** Attributes of which each is a member of the trace's metadata. */
    static final List<String> METADATA_PREFIXES = List.of(
            "langfuse.trace.metadata.",
            "traceloop.association.properties.",
            "ai.telemetry.metadata.",
            "mlflow.traceTag.",
            "trace.metadata.");

    /** Attributes that have such members. */
    static final Row<Map<String, @Nullable Object>> METADATA =
            Row.of(AttributeParsers::members, "langfuse.trace.metadata", "metadata");

    // The sender
    static final Row<String> SERVICE_NAME = Row.of(text(200), "service.name");
    static final Row<String> SCOPE_NAME = Row.of(text(Integer.MAX_VALUE), "otel.scope.name", "otel.library.name");
    static final Row<String> SCHEMA_URL = Row.of(text(Integer.MAX_VALUE), "otel.schema_url");

    /** A flag of OTLP, for formats without it. */
    static final Row<Boolean> PARENT_IS_REMOTE = Row.of(AttributeParsers::flag, "otel.parent_is_remote");

    private AttributeTable() {}
}
