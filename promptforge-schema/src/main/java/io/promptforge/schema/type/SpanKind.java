package io.promptforge.schema.type;

/** The kind of work that a span is about. */
public enum SpanKind {
    /** Calls a language model. */
    LLM,
    /** Retrieves documents. */
    RETRIEVAL,
    /** Runs a tool. */
    TOOL,
    /** Combines other steps. */
    CHAIN,
    /** Decides which steps to take. */
    AGENT,
    /** Computes embeddings. */
    EMBEDDING,
    /** Checks an input or output against a policy. */
    GUARDRAIL,
    /** Any other work. */
    OTHER
}
