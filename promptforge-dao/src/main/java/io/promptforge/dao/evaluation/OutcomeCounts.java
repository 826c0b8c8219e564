package io.promptforge.dao.evaluation;

/**
 * The numbers of compared tests by outcome.
 *
 * @param improved better than in the base
 * @param regressed worse than in the base
 * @param equal neither better nor worse
 * @param error not comparable, because one side has only runs that failed with an error
 * @param missing only in the base
 * @param added only in the candidate: {@link ComparisonOutcome#NEW}
 */
public record OutcomeCounts(int improved, int regressed, int equal, int error, int missing, int added) {
    /** The number of tests with this outcome. */
    public int of(ComparisonOutcome outcome) {
        return switch (outcome) {
            case IMPROVED -> improved;
            case REGRESSED -> regressed;
            case EQUAL -> equal;
            case ERROR -> error;
            case MISSING -> missing;
            case NEW -> added;
        };
    }
}
