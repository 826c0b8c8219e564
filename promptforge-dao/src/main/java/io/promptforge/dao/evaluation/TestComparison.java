package io.promptforge.dao.evaluation;

import java.util.Optional;

/**
 * One test in two evaluations.
 *
 * @param testName the test
 * @param outcome how the candidate compares with the base
 * @param base its repetitions in the base; empty for a new test
 * @param candidate its repetitions in the candidate; empty for a missing test
 */
public record TestComparison(
        String testName, ComparisonOutcome outcome, Optional<TestRuns> base, Optional<TestRuns> candidate) {}
