package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.model.ServiceTier;
import io.promptforge.dao.model.naming.PriceHistory;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The cost of a span.
 *
 * @param cost US dollars
 * @param listId the price list by which it was calculated; null if the cost was reported
 */
record SpanPrice(BigDecimal cost, @Nullable UUID listId) {
    /** The cost by the list that holds when the span starts; null without such a list, or if a price that is needed is unknown. */
    static @Nullable SpanPrice of(SpanFields span, PriceHistory prices) {
        PriceHistory.Entry list = prices.at(span.startedAt);
        return list == null
                ? null
                : list.prices()
                        .cost(SpanUsage.of(span), ServiceTier.of(span.serviceTier))
                        .map(cost -> new SpanPrice(cost, list.id()))
                        .orElse(null);
    }
}
