package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.ServiceTier;
import io.promptforge.dao.model.UsageUnit;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Computes the cost of a span from its usage. */
final class SpanCost {
    private SpanCost() {}

    /** The cost in US dollars; empty if the span reports no usage, or if a price that is needed is unknown. */
    static Optional<BigDecimal> of(SpanFields span, ModelPrices prices) {
        return prices.cost(usage(span), ServiceTier.STANDARD);
    }

    static boolean hasUsage(SpanFields span) {
        return SpanTokens.of(span) != null;
    }

    /** The counts that the span reports, where a whole is at least each of its parts; as one request. */
    private static Map<UsageUnit, BigDecimal> usage(SpanFields span) {
        Map<UsageUnit, BigDecimal> usage = new EnumMap<>(UsageUnit.class);
        put(usage, UsageUnit.INPUT_TOKENS, span.inputTokens);
        put(usage, UsageUnit.OUTPUT_TOKENS, span.outputTokens);
        put(usage, UsageUnit.CACHED_INPUT_TOKENS, span.cachedInputTokens);
        put(usage, UsageUnit.CACHE_WRITE_TOKENS, span.cacheCreationInputTokens);
        put(usage, UsageUnit.REASONING_TOKENS, span.reasoningOutputTokens);
        if (!usage.isEmpty()) {
            usage.putIfAbsent(UsageUnit.REQUESTS, BigDecimal.ONE);
        }
        return usage;
    }

    private static void put(Map<UsageUnit, BigDecimal> usage, UsageUnit unit, @Nullable Long count) {
        if (count != null) {
            BigDecimal number = BigDecimal.valueOf(count);
            usage.merge(unit, number, BigDecimal::max);
            unit.wholes().forEach(whole -> usage.merge(whole, number, BigDecimal::max));
        }
    }
}
