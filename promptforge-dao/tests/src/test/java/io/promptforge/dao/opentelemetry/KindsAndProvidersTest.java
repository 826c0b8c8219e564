package io.promptforge.dao.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.schema.type.SpanKind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which kind a span has by its attributes, and by which name its provider is known. */
class KindsAndProvidersTest {
    @ParameterizedTest
    @CsvSource({
        "gen_ai.operation.name, chat, LLM",
        "gen_ai.operation.name, generate_content, LLM",
        "gen_ai.operation.name, text_completion, LLM",
        "gen_ai.operation.name, embeddings, EMBEDDING",
        "gen_ai.operation.name, retrieval, RETRIEVAL",
        "gen_ai.operation.name, search_memory, RETRIEVAL",
        "gen_ai.operation.name, execute_tool, TOOL",
        "gen_ai.operation.name, create_agent, AGENT",
        "gen_ai.operation.name, invoke_agent, AGENT",
        "gen_ai.operation.name, plan, AGENT",
        "gen_ai.operation.name, invoke_workflow, CHAIN",
        "gen_ai.operation.name, dance, OTHER",
        "openinference.span.kind, LLM, LLM",
        "openinference.span.kind, EMBEDDING, EMBEDDING",
        "openinference.span.kind, RETRIEVER, RETRIEVAL",
        "openinference.span.kind, RERANKER, RETRIEVAL",
        "openinference.span.kind, TOOL, TOOL",
        "openinference.span.kind, CHAIN, CHAIN",
        "openinference.span.kind, AGENT, AGENT",
        "openinference.span.kind, GUARDRAIL, GUARDRAIL",
        "openinference.span.kind, EVALUATOR, OTHER",
        "openinference.span.kind, PROMPT, OTHER",
        "traceloop.span.kind, workflow, CHAIN",
        "traceloop.span.kind, task, CHAIN",
        "traceloop.span.kind, agent, AGENT",
        "traceloop.span.kind, tool, TOOL",
        "llm.request.type, chat, LLM",
        "llm.request.type, completion, LLM",
        "llm.request.type, embedding, EMBEDDING",
        "llm.request.type, rerank, RETRIEVAL",
        "gen_ai.operation.name, embedding, EMBEDDING",
        "gen_ai.operation.name, image, OTHER",
        "gen_ai.operation.name, rerank, RETRIEVAL",
        "gen_ai.operation.name, tool, TOOL",
        "gen_ai.operation.name, agent, AGENT",
        "gen_ai.operation.name, framework, CHAIN",
        "spring.ai.kind, vector_store, RETRIEVAL",
        "langfuse.observation.type, generation, LLM",
        "langfuse.observation.type, span, OTHER",
        "mlflow.spanType, '\"CHAT_MODEL\"', LLM",
        "langsmith.span.kind, retriever, RETRIEVAL",
        "ai.operationId, ai.streamText, CHAIN",
        "ai.operationId, ai.streamText.doStream, LLM",
        "ai.operationId, ai.toolCall, TOOL",
        "gen_ai.span.kind, RERANKER, RETRIEVAL",
        "gen_ai.tool.name, weather, TOOL",
        "mcp.method.name, tools/call, TOOL",
        "mcp.method.name, tools/list, OTHER",
        "gen_ai.operation.name, chat.streaming_completions, LLM",
        "haystack.pipeline.input_data, {}, CHAIN",
        "tool_arguments, {}, TOOL",
        "agent_name, joker, AGENT",
        "gen_ai.usage.output_tokens, 5, LLM",
        "http.request.method, GET, OTHER",
    })
    void theKindIsWhatTheConventionSays(String name, String value, SpanKind kind) {
        assertThat(Sent.span(Map.of(name, value)).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"image, OTHER", "rerank, RETRIEVAL", "tool, TOOL", "agent, AGENT", "embedding, EMBEDDING", "dance, LLM"
    })
    void tokensMakeNoModelCallOfAnOperationThatIsNone(String operation, SpanKind kind) {
        assertThat(Sent.span(Map.of("gen_ai.operation.name", operation, "gen_ai.usage.input_tokens", 8))
                        .kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "gcp.gemini, google",
        "gcp.vertex_ai, google",
        "gcp.vertex.agent, google",
        "vertex_ai, google",
        "Gemini, google",
        "google-vertex, google",
        "google.generative-ai, google",
        "aws.bedrock, aws",
        "bedrock, aws",
        "amazon_bedrock, aws",
        "AWS, aws",
        "azure.ai.openai, azure",
        "azure.ai.inference, azure",
        "az.ai.openai, azure",
        "azure_openai, azure",
        "AzureOpenAI, azure",
        "openai.responses, openai",
        "OpenAI, openai",
        "anthropic.messages, anthropic",
        "mistral_ai, mistral",
        "x_ai, xai",
        "grok, xai",
        "cohere_chat, cohere",
        "together.ai, together",
        "fireworks_ai, fireworks",
        "ollama-chat, ollama",
        "hugging_face, huggingface",
    })
    void providersHaveOneNameAndTheRawOneStays(String raw, String name) {
        NewSpan span = Sent.span(Map.of("gen_ai.system", raw));

        assertThat(span.providerName()).isEqualTo(name);
        assertThat(span.attributes()).isEqualTo(Json.of(Map.of("gen_ai.system", raw)));
    }

    @Test
    void theNewestConventionDecidesOnTheKind() {
        assertThat(Sent.span(Map.of("openinference.span.kind", "CHAIN", "gen_ai.operation.name", "execute_tool"))
                        .kind())
                .isEqualTo(SpanKind.TOOL);
        assertThat(Sent.span(Map.of("openinference.span.kind", "CHAIN", "gen_ai.operation.name", "dance"))
                        .kind())
                .isEqualTo(SpanKind.CHAIN);
    }
}
