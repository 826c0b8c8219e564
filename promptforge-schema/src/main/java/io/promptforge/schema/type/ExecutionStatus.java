package io.promptforge.schema.type;

/** The state of a trace or a span. */
public enum ExecutionStatus {
    /** Not ended yet. */
    RUNNING,
    /** Ended without an error. */
    SUCCESS,
    /** Ended with an error. */
    ERROR,
    /** Ended by a time limit. */
    TIMEOUT
}
