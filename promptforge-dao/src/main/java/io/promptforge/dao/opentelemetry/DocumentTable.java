package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attributes that hold what went into a step and came out of it, as rows of the {@link AttributeTable}. */
final class DocumentTable {
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
                    "gen_ai.prompt",
                    "input.value",
                    "langsmith.entity.input")
            .or(
                    AttributeParsers::encodedDocument,
                    "ai.value",
                    "ai.values",
                    "mlflow.spanInputs",
                    "traceloop.entity.input")
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
                    "lk.function_tool.arguments",
                    "lk.pii.input_text",
                    "lk.pii.user_transcript",
                    "lk.pii.chat_ctx",
                    "lk.pii.function_tool.arguments",
                    "haystack.component.input",
                    "haystack.pipeline.input_data",
                    "request_data",
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
                    "ai.result.text",
                    "ai.result.object",
                    "ai.result.toolCalls",
                    "ai.embedding",
                    "ai.embeddings",
                    "gen_ai.completion",
                    "output.value",
                    "langsmith.entity.output")
            .or(
                    AttributeParsers::encodedDocument,
                    "ai.toolCall.result",
                    "mlflow.spanOutputs",
                    "traceloop.entity.output")
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
                    "lk.pii.function_tool.output",
                    "lk.pii.response.text",
                    "haystack.component.output",
                    "haystack.pipeline.output_data",
                    "response_data",
                    "output");

    /** Messages as events, which Pydantic AI writes as an attribute; it stays. */
    static final Row<List<@Nullable Object>> MESSAGE_EVENTS = Row.of(AttributeParsers::list, "events");

    /** The text and the calls of tools of one answer; Vercel's SDK reports them apart. */
    static final Row<Json> ANSWER_TEXT = Row.of(AttributeParsers::document, "ai.response.text", "ai.result.text");

    static final Row<Json> ANSWER_TOOL_CALLS =
            Row.of(AttributeParsers::document, "ai.response.toolCalls", "ai.result.toolCalls");

    static final Row<Json> RERANKER_QUERY = Row.of(AttributeParsers::document, "reranker.query");

    static final Row<Json> RERANKER_DOCUMENTS = Row.of(AttributeParsers::document, "reranker.input_documents.*");

    private DocumentTable() {}
}
