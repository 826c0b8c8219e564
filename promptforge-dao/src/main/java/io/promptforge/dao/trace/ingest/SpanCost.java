package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.model.ModelPrices;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Computes the cost of a span from its tokens. */
final class SpanCost {
    private SpanCost() {}

    /** The cost in US dollars; empty if the span reports no tokens, or if a price that is needed is unknown. */
    static Optional<BigDecimal> of(SpanFields span, ModelPrices prices) {
        if (!hasTokens(span)) {
            return Optional.empty();
        }
        long cached = orZero(span.cachedInputTokens);
        long input = span.inputTokens == null ? cached : span.inputTokens;
        return prices.cost(input, cached, orZero(span.outputTokens));
    }

    static boolean hasTokens(SpanFields span) {
        return span.inputTokens != null || span.outputTokens != null || span.cachedInputTokens != null;
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }
}
