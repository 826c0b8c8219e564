package io.promptforge.schema.type;

/** How a trace or a span went. */
public enum ExecutionStatus {
    /** Not ended yet. */
    RUNNING,
    /** Ended well. */
    SUCCESS,
    /** Ended with an error. */
    ERROR,
    /** Given up after its time limit. */
    TIMEOUT
}
