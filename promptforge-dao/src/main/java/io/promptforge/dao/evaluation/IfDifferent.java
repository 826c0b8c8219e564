package io.promptforge.dao.evaluation;

/** What is done with a given result if a different one of its test, variant and repetition is stored already. */
public enum IfDifferent {
    /** Refuses the batch. */
    REFUSE,
    /** Replaces the stored result if its test could not be run ({@code ERROR}), and refuses the batch if it could. */
    REPLACE_ERRORS,
    /** Replaces the stored result, which stays readable as a replaced one. */
    REPLACE,
    /** Keeps the stored result; the given one is not stored. */
    KEEP
}
