package io.promptforge.schema.type;

/** What a policy watches. */
public enum PolicyType {
    /** Offensive content. */
    TOXICITY,
    /** Personally identifiable information. */
    PII,
    /** Money spent. */
    COST,
    /** Time taken. */
    LATENCY,
    /** Something of the caller's own. */
    CUSTOM
}
