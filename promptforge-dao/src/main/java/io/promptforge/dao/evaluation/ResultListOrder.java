package io.promptforge.dao.evaluation;

/** How a list of results over all evaluations is sorted. */
public enum ResultListOrder {
    /** The youngest first. */
    NEWEST_FIRST,
    /** The oldest first. */
    OLDEST_FIRST,
    /** The lowest main score first. Leaves out results without one. */
    LOWEST_FIRST,
    /** The highest main score first. Leaves out results without one. */
    HIGHEST_FIRST,
    /** By project, then by evaluation, the oldest first. Leaves out the judgements of single traces. */
    BY_EVALUATION,
    /** By evaluator and its version, the oldest first. Leaves out results without one. */
    BY_EVALUATOR,
    /** By trace. Leaves out results without one. */
    BY_TRACE
}
