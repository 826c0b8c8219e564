package io.promptforge.dao.evaluation;

/**
 * How a test of a candidate compares with the test of its base, over all repetitions. The higher pass rate is better; between equal
 * pass rates, the higher average score is, rounded to 6 decimals, if both sides have one.
 */
public enum ComparisonOutcome {
    /** Better than in the base. */
    IMPROVED,
    /** Worse than in the base. */
    REGRESSED,
    /** Neither better nor worse. */
    EQUAL,
    /** Only the base has it. */
    MISSING,
    /** Only the candidate has it. */
    NEW
}
