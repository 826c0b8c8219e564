package io.promptforge.dao.evaluation;

import java.util.Optional;

/**
 * One test in two evaluations.
 *
 * @param testName the test
 * @param outcome how it went in the candidate, compared with the base
 * @param base its runs in the base; empty for a new test
 * @param candidate its runs in the candidate; empty for a missing test
 */
public record TestComparison(
        String testName, TestOutcome outcome, Optional<TestRuns> base, Optional<TestRuns> candidate) {}
