package io.promptforge.schema.type;

/** How bad a violation is; ordered from the least to the worst. */
public enum Severity {
    /** A note for later. */
    LOW,
    /** Somebody should look. */
    MEDIUM,
    /** Somebody should look today. */
    HIGH,
    /** Somebody should look now. */
    CRITICAL
}
