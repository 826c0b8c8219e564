package io.promptforge.dao.model;

import io.promptforge.dao.internal.query.Columns;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A part of the cost of a call.
 *
 * @param unit what was used
 * @param count how much of it, without the parts that have lines of their own: of the input tokens, those that are neither cached nor of
 *     another priced kind
 * @param rate the rate that applies, of this unit or of one that it is a part of; empty if its price is unknown
 */
public record CostLine(UsageUnit unit, BigDecimal count, Optional<Rate> rate) {
    /** The count times the rate, in US dollars, exact; empty if the price is unknown. */
    public Optional<BigDecimal> amount() {
        return rate.map(found -> Columns.plain(count.multiply(found.usd())));
    }
}
