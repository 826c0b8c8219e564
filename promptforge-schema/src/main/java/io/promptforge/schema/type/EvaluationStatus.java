package io.promptforge.schema.type;

/** Where an evaluation stands; the database accepts only the transitions named here. */
public enum EvaluationStatus {
    /** Made; goes to running or cancelled. */
    PENDING,
    /** Takes results; goes to completed, failed or cancelled. */
    RUNNING,
    /** Ended with all its results. */
    COMPLETED,
    /** Broke off. */
    FAILED,
    /** Stopped by somebody. */
    CANCELLED
}
