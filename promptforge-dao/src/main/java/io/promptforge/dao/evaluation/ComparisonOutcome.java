package io.promptforge.dao.evaluation;

/**
 * How a test of a candidate compares with the test of its base, over all its runs but those that failed with an error. The higher pass
 * rate is better; between equal pass rates, the better average score is, rounded to 6 decimals, if both sides have one and the two
 * evaluations have one scale. A higher score is better, unless the scale says the contrary.
 */
public enum ComparisonOutcome {
    /** Better than in the base. */
    IMPROVED,
    /** Worse than in the base. */
    REGRESSED,
    /** Neither better nor worse. */
    EQUAL,
    /** Not comparable: one side has only runs that failed with an error. */
    ERROR,
    /** Only the base has it. */
    MISSING,
    /** Only the candidate has it. */
    NEW
}
