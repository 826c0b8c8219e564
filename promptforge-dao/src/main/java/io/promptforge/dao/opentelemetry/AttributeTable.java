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
 * table of the package's documentation. Counts of tokens are in the {@link UsageTable}, the words for kinds in {@link KindWords}.
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
            "model_name",
            "model");

    static final Row<String> RESPONSE_MODEL = Row.of(
            name(200),
            "gen_ai.response.model",
            "llm.response.model_name",
            "llm.response.model",
            "ai.response.model",
            "gcp.vertex.agent.llm_response->model_version");

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
                    seconds(), "gen_ai.response.time_to_first_chunk", "gen_ai.server.time_to_first_token")
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
            "cost_usd");

    // Documents
    static final Row<List<@Nullable Object>> INPUT_MESSAGES = Row.of(AttributeParsers::list, "gen_ai.input.messages");

    static final Row<List<@Nullable Object>> SYSTEM_INSTRUCTIONS =
            Row.of(Payloads::parts, "gen_ai.system_instructions");

    static final Row<Json> INPUT = Row.of(
                    AttributeParsers::document,
                    "gen_ai.input.messages",
                    "gen_ai.tool.call.arguments",
                    "gen_ai.retrieval.query.text",
                    "gen_ai.memory.query.text",
                    "langfuse.observation.input",
                    "ai.prompt.messages",
                    "ai.prompt",
                    "ai.toolCall.args",
                    "ai.value",
                    "ai.values",
                    "gen_ai.prompt",
                    "input.value",
                    "langsmith.entity.input")
            .or(AttributeParsers::encodedDocument, "mlflow.spanInputs", "traceloop.entity.input")
            .or(
                    AttributeParsers::filledDocument,
                    "gcp.vertex.agent.llm_request",
                    "gcp.vertex.agent.tool_call_args",
                    "gcp.vertex.agent.data")
            .or(
                    AttributeParsers::document,
                    "pydantic_ai.all_messages",
                    "all_messages_events",
                    "tool_arguments",
                    "tool.parameters",
                    "spring.ai.tool.call.arguments",
                    "spring.ai.chat.client.user.text",
                    "db.vector.query.content",
                    "reranker.query",
                    "gen_ai.task.input",
                    "gen_ai.prompt.*",
                    "llm.input_messages.*",
                    "llm.prompts.*",
                    "llm.prompts",
                    "reranker.input_documents.*",
                    "mcp.request.argument",
                    "lk.input_text",
                    "lk.user_transcript",
                    "lk.chat_ctx",
                    "prompt",
                    "input");

    static final Row<Json> OUTPUT = Row.of(
                    AttributeParsers::document,
                    "gen_ai.output.messages",
                    "gen_ai.tool.call.result",
                    "gen_ai.retrieval.documents",
                    "gen_ai.memory.records",
                    "langfuse.observation.output",
                    "ai.response.text",
                    "ai.response.object",
                    "ai.response.toolCalls",
                    "ai.toolCall.result",
                    "ai.result.text",
                    "ai.result.object",
                    "ai.result.toolCalls",
                    "ai.embedding",
                    "ai.embeddings",
                    "gen_ai.completion",
                    "output.value",
                    "langsmith.entity.output")
            .or(AttributeParsers::encodedDocument, "mlflow.spanOutputs", "traceloop.entity.output")
            .or(AttributeParsers::filledDocument, "gcp.vertex.agent.llm_response", "gcp.vertex.agent.tool_response")
            .or(
                    AttributeParsers::document,
                    "final_result",
                    "tool_response",
                    "spring.ai.tool.call.result",
                    "db.vector.query.response.documents",
                    "gen_ai.task.output",
                    "gen_ai.completion.*",
                    "llm.output_messages.*",
                    "llm.choices.*",
                    "retrieval.documents.*",
                    "reranker.output_documents.*",
                    "embedding.embeddings.*",
                    "mcp.response.value",
                    "lk.function_tool.output",
                    "lk.response.text",
                    "output");

    /** Messages as events, which Pydantic AI writes as an attribute; it stays. */
    static final Row<List<@Nullable Object>> MESSAGE_EVENTS = Row.of(AttributeParsers::list, "events");

    /** The text and the calls of tools of one answer; Vercel's SDK reports them apart. */
    static final Row<Json> ANSWER_TEXT = Row.of(AttributeParsers::document, "ai.response.text", "ai.result.text");

    static final Row<Json> ANSWER_TOOL_CALLS =
            Row.of(AttributeParsers::document, "ai.response.toolCalls", "ai.result.toolCalls");

    static final Row<Json> RERANKER_QUERY = Row.of(AttributeParsers::document, "reranker.query");

    static final Row<Json> RERANKER_DOCUMENTS = Row.of(AttributeParsers::document, "reranker.input_documents.*");

    // An error
    static final Row<String> ERROR_TYPE = Row.of(text(200), "error.type");
    static final Row<String> ERROR_MESSAGE =
            Row.of(text(10_000), "error.message", "langfuse.observation.status_message");
    static final Row<String> EXCEPTION_TYPE = Row.of(text(Integer.MAX_VALUE), "exception.type");
    static final Row<String> EXCEPTION_MESSAGE = Row.of(text(Integer.MAX_VALUE), "exception.message");

    /** What may tell a timeout. */
    static final Row<String> ERROR_CODE = Row.of(text(Integer.MAX_VALUE), "error.type");

    static final Row<String> HTTP_STATUS = Row.of(text(10), "http.response.status_code", "http.status_code");

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
            .or(always(SpanKind.AGENT), "agent_name", "all_messages_events", "pydantic_ai.all_messages", "final_result")
            .or(always(SpanKind.RETRIEVAL), "db.vector.query.top_k", "db.vector.query.content");

    // The trace; all of these stay among the attributes
    static final Row<String> TRACE_NAME =
            Row.of(text(200), "langfuse.trace.name", "langsmith.trace.name", "mlflow.traceName");

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
            "ai.telemetry.metadata.sessionId",
            "mlflow.trace.session",
            "gcp.vertex.agent.session_id",
            "gen_ai.session.id",
            "metadata->session_id",
            "metadata->thread_id",
            "session_id",
            "thread_id");

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
            "tag.tags");

    static final Row<Json> TRACE_INPUT =
            Row.of(AttributeParsers::document, "langfuse.trace.input", "mlflow.traceInputs");

    static final Row<Json> TRACE_OUTPUT =
            Row.of(AttributeParsers::document, "langfuse.trace.output", "mlflow.traceOutputs");

    /** Attributes of which each is a member of the trace's metadata. */
    static final List<String> METADATA_PREFIXES = List.of(
            "langfuse.trace.metadata.",
            "traceloop.association.properties.",
            "ai.telemetry.metadata.",
            "mlflow.traceTag.");

    // The sender
    static final Row<String> SERVICE_NAME = Row.of(text(200), "service.name");
    static final Row<String> SCOPE_NAME = Row.of(text(Integer.MAX_VALUE), "otel.scope.name", "otel.library.name");
    static final Row<String> SCHEMA_URL = Row.of(text(Integer.MAX_VALUE), "otel.schema_url");

    /** A flag of OTLP, for formats without it. */
    static final Row<Boolean> PARENT_IS_REMOTE = Row.of(AttributeParsers::flag, "otel.parent_is_remote");

    private AttributeTable() {}
}
