package io.promptforge.dao.evaluation;

import java.util.List;

/**
 * The answer to a batch of results.
 *
 * @param evaluation the evaluation with its new totals
 * @param results what became of each result, in the given order
 */
public record AppendedResults(Evaluation evaluation, List<StoredResult> results) {
    /** The number of results with which this was done. */
    public long count(StoredResult.Storing storing) {
        return results.stream().filter(result -> result.storing() == storing).count();
    }
}
