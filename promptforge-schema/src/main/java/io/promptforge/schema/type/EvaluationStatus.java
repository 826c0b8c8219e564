package io.promptforge.schema.type;

/** The state of an evaluation; the database accepts only the transitions named here. */
public enum EvaluationStatus {
    /** Created; becomes running or cancelled. */
    PENDING,
    /** Accepts results; becomes completed, failed or cancelled. */
    RUNNING,
    /** Finished with all its results. */
    COMPLETED,
    /** Ended by an error. */
    FAILED,
    /** Stopped by a user or a service. */
    CANCELLED
}
