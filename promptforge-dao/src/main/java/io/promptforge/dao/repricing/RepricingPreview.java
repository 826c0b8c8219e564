package io.promptforge.dao.repricing;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a repricing would change.
 *
 * @param traces the number of traces that would change
 * @param spans the number of spans that would change
 * @param costBefore the sum of the costs of these traces now, in US dollars
 * @param costAfter their sum afterwards
 * @param changes the changed spans by day and model, in this order
 */
public record RepricingPreview(
        long traces, long spans, BigDecimal costBefore, BigDecimal costAfter, List<RepricingChange> changes) {
    /** Keeps a copy of the list. */
    public RepricingPreview {
        changes = List.copyOf(changes);
    }
}
