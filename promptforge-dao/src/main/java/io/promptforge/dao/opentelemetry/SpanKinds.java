package io.promptforge.dao.opentelemetry;

import io.promptforge.schema.type.SpanKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Determines the kind of a span by the first convention that reports it. */
final class SpanKinds {
    /** {@code gen_ai.operation.name}; the values are an open set. */
    private static final Map<String, SpanKind> OPERATIONS = Map.ofEntries(
            Map.entry("chat", SpanKind.LLM),
            Map.entry("generate_content", SpanKind.LLM),
            Map.entry("text_completion", SpanKind.LLM),
            Map.entry("embeddings", SpanKind.EMBEDDING),
            Map.entry("retrieval", SpanKind.RETRIEVAL),
            Map.entry("search_memory", SpanKind.RETRIEVAL),
            Map.entry("execute_tool", SpanKind.TOOL),
            Map.entry("create_agent", SpanKind.AGENT),
            Map.entry("invoke_agent", SpanKind.AGENT),
            Map.entry("plan", SpanKind.AGENT),
            Map.entry("invoke_workflow", SpanKind.CHAIN));

    private static final Map<String, SpanKind> OPEN_INFERENCE = Map.of(
            "llm", SpanKind.LLM,
            "embedding", SpanKind.EMBEDDING,
            "retriever", SpanKind.RETRIEVAL,
            "reranker", SpanKind.RETRIEVAL,
            "tool", SpanKind.TOOL,
            "chain", SpanKind.CHAIN,
            "agent", SpanKind.AGENT,
            "guardrail", SpanKind.GUARDRAIL,
            "evaluator", SpanKind.OTHER,
            "prompt", SpanKind.OTHER);

    private static final Map<String, SpanKind> OPEN_LLMETRY = Map.of(
            "workflow", SpanKind.CHAIN,
            "task", SpanKind.CHAIN,
            "agent", SpanKind.AGENT,
            "tool", SpanKind.TOOL);

    private static final Map<String, SpanKind> OPEN_LLMETRY_REQUESTS = Map.of(
            "completion", SpanKind.LLM,
            "chat", SpanKind.LLM,
            "rerank", SpanKind.RETRIEVAL,
            "embedding", SpanKind.EMBEDDING);

    private SpanKinds() {}

    /** The kind; {@code LLM} for a span that no convention classifies but that counts tokens. */
    static SpanKind of(Attributes attributes, boolean countsTokens) {
        SpanKind kind = known(attributes, AttributeNames.OPERATION_NAME.get(0), OPERATIONS);
        kind = kind != null ? kind : known(attributes, "openinference.span.kind", OPEN_INFERENCE);
        kind = kind != null ? kind : known(attributes, "traceloop.span.kind", OPEN_LLMETRY);
        kind = kind != null ? kind : known(attributes, "llm.request.type", OPEN_LLMETRY_REQUESTS);
        return kind != null ? kind : countsTokens ? SpanKind.LLM : SpanKind.OTHER;
    }

    private static @Nullable SpanKind known(Attributes attributes, String name, Map<String, SpanKind> kinds) {
        return attributes.peek(
                List.of(name), value -> value instanceof String text ? kinds.get(text.toLowerCase(Locale.ROOT)) : null);
    }
}
