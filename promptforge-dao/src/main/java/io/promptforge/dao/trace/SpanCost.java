package io.promptforge.dao.trace;

import io.promptforge.dao.model.CostLine;
import io.promptforge.dao.model.PriceList;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The cost of a span, line by line.
 *
 * @param amount US dollars, as stored: of a calculated cost, the exact sum of the lines; empty if it is unknown
 * @param origin where it comes from, or why it is unknown
 * @param prices the list by which it was calculated; of an unknown cost, the one that holds when the span started, if there is one
 * @param lines what was used, and its price; empty for a reported cost and without prices
 */
public record SpanCost(
        Optional<BigDecimal> amount, CostOrigin origin, Optional<PriceList> prices, List<CostLine> lines) {
    /** Copies the lines. */
    public SpanCost {
        lines = List.copyOf(lines);
    }
}
