package io.promptforge.dao.trace;

import java.math.BigDecimal;

/**
 * The sums over the spans of a trace.
 *
 * @param spanCount the number of spans
 * @param inputTokens tokens read, cached ones included
 * @param outputTokens tokens written, reasoning included
 * @param cost US dollars
 */
public record TraceTotals(int spanCount, long inputTokens, long outputTokens, BigDecimal cost) {
    /** The tokens read and written. */
    public long totalTokens() {
        return inputTokens + outputTokens;
    }
}
