package io.promptforge.dao.trace;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The totals of a trace while its spans change. Not thread-safe; the transaction has locked the trace. */
final class TotalsChange {
    private int spanCount;
    private long inputTokens;
    private long outputTokens;
    private BigDecimal cost;

    /** Starts with the stored totals; with zeros for a new trace. */
    TotalsChange(@Nullable MergedTrace stored) {
        spanCount = stored == null ? 0 : stored.totals().spanCount();
        inputTokens = stored == null ? 0 : stored.totals().inputTokens();
        outputTokens = stored == null ? 0 : stored.totals().outputTokens();
        cost = stored == null ? BigDecimal.ZERO : stored.totals().cost();
    }

    void add(MergedSpan span) {
        spanCount++;
        inputTokens += orZero(span.record().fields().inputTokens);
        outputTokens += orZero(span.record().fields().outputTokens);
        cost = span.cost() == null ? cost : cost.add(span.cost());
    }

    void subtract(MergedSpan span) {
        spanCount--;
        inputTokens -= orZero(span.record().fields().inputTokens);
        outputTokens -= orZero(span.record().fields().outputTokens);
        cost = span.cost() == null ? cost : cost.subtract(span.cost());
    }

    TraceTotals totals() {
        return new TraceTotals(spanCount, inputTokens, outputTokens, TraceLimits.totalDollars(cost));
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }
}
