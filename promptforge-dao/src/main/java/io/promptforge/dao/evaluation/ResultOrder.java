package io.promptforge.dao.evaluation;

/** In which order the results of an evaluation are listed. */
public enum ResultOrder {
    /** By the test's name, in the order of the database's collation, and then by repetition. */
    BY_TEST_NAME,
    /** The lowest score first; only results that have one. */
    WORST_FIRST,
    /** The highest score first; only results that have one. */
    BEST_FIRST
}
