package io.promptforge.dao.evaluation;

import io.promptforge.dao.page.Page;

/**
 * A comparison of two evaluations, test by test, in one state of the database.
 *
 * @param base summary of the evaluation that the candidate is compared with
 * @param candidate summary of the evaluation that is judged
 * @param counts numbers of tests by outcome, over all tests of both evaluations, regardless of filter and page
 * @param tests the tests of this page, by name
 */
public record EvaluationComparison(
        EvaluationSummary base, EvaluationSummary candidate, OutcomeCounts counts, Page<TestComparison> tests) {
    /** The candidate's summary minus the base's. */
    public SummaryDifference difference() {
        return SummaryDifference.between(base, candidate);
    }
}
