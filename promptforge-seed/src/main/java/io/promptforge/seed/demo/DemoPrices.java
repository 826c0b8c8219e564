package io.promptforge.seed.demo;

import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.model.UsageUnit;
import java.math.BigDecimal;

/** Costs of the demo's model calls. */
final class DemoPrices {
    private DemoPrices() {}

    /** The cost in US dollars of a call without cached tokens: tokens times the price per million. */
    static BigDecimal cost(AiModel model, long inputTokens, long outputTokens) {
        return price(model, UsageUnit.INPUT_TOKENS)
                .multiply(BigDecimal.valueOf(inputTokens))
                .add(price(model, UsageUnit.OUTPUT_TOKENS).multiply(BigDecimal.valueOf(outputTokens)))
                .movePointLeft(6);
    }

    private static BigDecimal price(AiModel model, UsageUnit unit) {
        return model.prices().perMillion(unit).orElse(BigDecimal.ZERO);
    }
}
