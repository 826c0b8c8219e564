package io.promptforge.dao.trace;

import java.math.BigDecimal;

/**
 * The usage of a trace: the sums over its spans, where usage that a parent repeats counts once, else what the trace itself reports.
 * {@link TraceRepository} states the rule.
 *
 * @param spanCount the number of spans
 * @param inputTokens tokens read, cached ones included
 * @param outputTokens tokens written, reasoning included
 * @param cost US dollars, without the calls whose cost is unknown
 * @param unpricedCalls the number of calls of models whose cost is unknown
 * @param unpricedTokens the tokens read and written by these calls
 */
public record TraceTotals(
        int spanCount, long inputTokens, long outputTokens, BigDecimal cost, int unpricedCalls, long unpricedTokens) {
    /** The tokens read and written. */
    public long totalTokens() {
        return inputTokens + outputTokens;
    }
}
