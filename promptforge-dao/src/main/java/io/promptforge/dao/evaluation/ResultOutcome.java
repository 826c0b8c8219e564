package io.promptforge.dao.evaluation;

/** Whether a test passed. */
public enum ResultOutcome {
    /** The test passed. */
    PASSED,
    /** The test did not pass, or its call failed. */
    FAILED
}
