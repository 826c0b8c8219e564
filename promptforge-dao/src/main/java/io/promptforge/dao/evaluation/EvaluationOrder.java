package io.promptforge.dao.evaluation;

/** How a list of evaluations is sorted. */
public enum EvaluationOrder {
    /** The youngest first. */
    NEWEST_FIRST,
    /** The oldest first. */
    OLDEST_FIRST
}
