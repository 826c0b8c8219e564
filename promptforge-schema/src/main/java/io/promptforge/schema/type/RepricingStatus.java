package io.promptforge.schema.type;

/** The state of a repricing. */
public enum RepricingStatus {
    /** Started; some traces may be repriced already. */
    RUNNING,
    /** All traces are repriced. */
    COMPLETED,
    /** Some of what it changed may be restored already. */
    UNDOING,
    /** All that it changed is restored. */
    UNDONE
}
