package io.promptforge.schema.type;

/** How a test of an evaluation ended. */
public enum ResultOutcome {
    /** The test passed. */
    PASSED,
    /** The test was run and did not pass. */
    FAILED,
    /** The test could not be run or judged, for example because the provider refused the call. */
    ERROR
}
