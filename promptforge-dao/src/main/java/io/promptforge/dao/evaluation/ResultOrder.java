package io.promptforge.dao.evaluation;

/** How a list of an evaluation's results is sorted. */
public enum ResultOrder {
    /** By test name, in the collation of the database, then by variant and repetition. */
    BY_TEST_NAME,
    /** The lowest score first. Leaves out results without a score. */
    WORST_FIRST,
    /** The highest score first. Leaves out results without a score. */
    BEST_FIRST
}
