package io.promptforge.seed.demo;

import io.promptforge.dao.model.AiModel;
import java.math.BigDecimal;

/** Costs of the demo's model calls. */
final class DemoPrices {
    private DemoPrices() {}

    /** The cost in US dollars of a call without cached tokens: tokens times the price per million. */
    static BigDecimal cost(AiModel model, long inputTokens, long outputTokens) {
        BigDecimal input = model.prices().input().orElse(BigDecimal.ZERO).multiply(BigDecimal.valueOf(inputTokens));
        BigDecimal output = model.prices().output().orElse(BigDecimal.ZERO).multiply(BigDecimal.valueOf(outputTokens));
        return input.add(output).movePointLeft(6);
    }
}
