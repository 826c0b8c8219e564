package io.promptforge.schema.type;

/** What a step of a trace does. */
public enum SpanKind {
    /** Calls a language model. */
    LLM,
    /** Looks documents up. */
    RETRIEVAL,
    /** Runs a tool. */
    TOOL,
    /** Strings other steps together. */
    CHAIN,
    /** Decides by itself which steps to take. */
    AGENT,
    /** Computes embeddings. */
    EMBEDDING,
    /** Checks an input or output against a policy. */
    GUARDRAIL,
    /** Anything else. */
    OTHER
}
