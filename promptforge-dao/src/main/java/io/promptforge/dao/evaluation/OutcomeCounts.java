package io.promptforge.dao.evaluation;

/**
 * How many tests had which outcome.
 *
 * @param improved better than in the base
 * @param regressed worse than in the base
 * @param equal neither better nor worse
 * @param missing only in the base
 * @param added only in the candidate: {@link TestOutcome#NEW}
 */
public record OutcomeCounts(int improved, int regressed, int equal, int missing, int added) {
    /** How many tests had this outcome. */
    public int of(TestOutcome outcome) {
        return switch (outcome) {
            case IMPROVED -> improved;
            case REGRESSED -> regressed;
            case EQUAL -> equal;
            case MISSING -> missing;
            case NEW -> added;
        };
    }
}
