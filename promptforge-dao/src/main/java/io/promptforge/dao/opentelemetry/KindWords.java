package io.promptforge.dao.opentelemetry;

import io.promptforge.schema.type.SpanKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words of all conventions for the kind of a span, in lower case. The set is open: an unknown word tells nothing. */
final class KindWords {
    private static final Map<SpanKind, List<String>> WORDS = Map.of(
            SpanKind.LLM,
            List.of(
                    // OpenTelemetry, and its earlier names
                    "chat",
                    "generate_content",
                    "text_completion",
                    "chat.completions",
                    "text.completions",
                    "chat.streaming_completions",
                    "text.streaming_completions",
                    "text_generation",
                    "message",
                    // OpenInference and LangSmith, MLflow, Langfuse
                    "llm",
                    "chat_model",
                    "generation",
                    // OpenLLMetry and LiteLLM
                    "completion",
                    "acompletion",
                    "response",
                    "responses",
                    "aresponses",
                    "atext_completion",
                    // Vercel
                    "ai.generatetext.dogenerate",
                    "ai.streamtext.dostream",
                    "ai.generateobject.dogenerate",
                    "ai.streamobject.dostream"),
            SpanKind.EMBEDDING,
            List.of(
                    "embeddings",
                    "embedding",
                    "aembedding",
                    "ai.embed",
                    "ai.embed.doembed",
                    "ai.embedmany",
                    "ai.embedmany.doembed"),
            SpanKind.RETRIEVAL,
            List.of(
                    "retrieval",
                    "retriever",
                    "retrieve",
                    "search_memory",
                    "memory",
                    "rerank",
                    "arerank",
                    "reranker",
                    "ai.rerank",
                    "vector_store"),
            SpanKind.TOOL,
            List.of("execute_tool", "tool", "tool_call", "function", "call_mcp_tool", "ai.toolcall"),
            SpanKind.AGENT,
            List.of("create_agent", "invoke_agent", "plan", "agent"),
            SpanKind.CHAIN,
            List.of(
                    "invoke_workflow",
                    "workflow",
                    "task",
                    "chain",
                    "chat_client",
                    "advisor",
                    // They surround the calls, and sum their tokens up.
                    "ai.generatetext",
                    "ai.streamtext",
                    "ai.generateobject",
                    "ai.streamobject"),
            SpanKind.GUARDRAIL,
            List.of("guardrail", "moderation", "amoderation"),
            SpanKind.OTHER,
            List.of(
                    "evaluator",
                    "prompt",
                    "parser",
                    "event",
                    // They may count tokens, but call no language model.
                    "image",
                    "image_generation",
                    "aimage_generation",
                    "image_edit",
                    "speech",
                    "aspeech",
                    "text_to_speech",
                    "transcription",
                    "atranscription",
                    "audio",
                    "video"));

    private KindWords() {}

    /** Reads such a word. */
    static Reader<SpanKind> reader() {
        Map<String, SpanKind> kinds = new HashMap<>();
        WORDS.forEach((kind, words) -> words.forEach(word -> kinds.put(word, kind)));
        return AttributeParsers.word(kinds);
    }
}
