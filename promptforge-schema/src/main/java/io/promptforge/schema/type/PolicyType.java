package io.promptforge.schema.type;

/** The subject of a policy. */
public enum PolicyType {
    /** Offensive content. */
    TOXICITY,
    /** Personally identifiable information. */
    PII,
    /** Cost of calls. */
    COST,
    /** Duration of calls. */
    LATENCY,
    /** A subject that the application defines. */
    CUSTOM
}
