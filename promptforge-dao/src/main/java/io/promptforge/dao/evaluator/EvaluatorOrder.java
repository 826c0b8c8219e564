package io.promptforge.dao.evaluator;

/** How a list of evaluators is sorted. */
public enum EvaluatorOrder {
    /** By name, in the collation of the database. */
    BY_NAME,
    /** By category, then by name. */
    BY_CATEGORY,
    /** The youngest first. */
    NEWEST_FIRST,
    /** The oldest first. */
    OLDEST_FIRST
}
