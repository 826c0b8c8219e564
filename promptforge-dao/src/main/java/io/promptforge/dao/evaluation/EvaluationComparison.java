package io.promptforge.dao.evaluation;

import io.promptforge.dao.page.Page;

/**
 * Two evaluations side by side, as they were at one moment.
 *
 * @param base the summary of the one that is compared with
 * @param candidate the summary of the one that is judged
 * @param counts how many tests had which outcome, over all tests of both, whatever the filter and the page
 * @param tests the tests of this page, by name
 */
public record EvaluationComparison(
        EvaluationSummary base, EvaluationSummary candidate, OutcomeCounts counts, Page<TestComparison> tests) {
    /** What the candidate's summary has more than the base's. */
    public SummaryDifference difference() {
        return SummaryDifference.between(base, candidate);
    }
}
