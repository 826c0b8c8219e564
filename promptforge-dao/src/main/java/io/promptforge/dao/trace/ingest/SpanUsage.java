package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.model.UsageUnit;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The usage of a span by unit: that of its columns for tokens, and further counts, which are one document. */
public final class SpanUsage {
    private SpanUsage() {}

    /**
     * All counts of a span, where a whole is at least each of its parts, and which are one request unless another number is reported;
     * empty if it reports none.
     */
    public static Map<UsageUnit, BigDecimal> of(SpanFields span) {
        Map<UsageUnit, BigDecimal> usage = new EnumMap<>(UsageUnit.class);
        put(usage, UsageUnit.INPUT_TOKENS, span.inputTokens);
        put(usage, UsageUnit.OUTPUT_TOKENS, span.outputTokens);
        put(usage, UsageUnit.CACHED_INPUT_TOKENS, span.cachedInputTokens);
        put(usage, UsageUnit.CACHE_WRITE_TOKENS, span.cacheCreationInputTokens);
        put(usage, UsageUnit.REASONING_TOKENS, span.reasoningOutputTokens);
        span.usage.forEach((unit, count) -> put(usage, unit, count));
        if (!usage.isEmpty()) {
            usage.putIfAbsent(UsageUnit.REQUESTS, BigDecimal.ONE);
        }
        return usage;
    }

    /** Whether the span reports a count, be it 0. */
    static boolean isReported(SpanFields span) {
        return SpanTokens.of(span) != null;
    }

    /** Whether the span reports a count above 0. */
    static boolean isUsed(SpanFields span) {
        return isPositive(span.inputTokens)
                || isPositive(span.outputTokens)
                || isPositive(span.cachedInputTokens)
                || isPositive(span.cacheCreationInputTokens)
                || isPositive(span.reasoningOutputTokens)
                || span.usage.values().stream().anyMatch(count -> count.signum() > 0);
    }

    /** Further counts as the document of their column; null for none. */
    static @Nullable Json document(Map<UsageUnit, BigDecimal> counts) {
        if (counts.isEmpty()) {
            return null;
        }
        Map<String, BigDecimal> byCode = new LinkedHashMap<>();
        counts.forEach((unit, count) -> byCode.put(unit.code(), count));
        return Json.of(byCode);
    }

    /** The counts of the document; those of units that are not known are left out. */
    public static Map<UsageUnit, BigDecimal> read(Json document) {
        Map<UsageUnit, BigDecimal> counts = new EnumMap<>(UsageUnit.class);
        ((Map<?, ?>) Objects.requireNonNull(document.toJava())).forEach((code, count) -> UsageUnit.ofCode((String) code)
                .ifPresent(unit -> counts.put(unit, new BigDecimal(String.valueOf(count)))));
        return Collections.unmodifiableMap(counts);
    }

    /** The greater of each count. */
    static Map<UsageUnit, BigDecimal> greatest(Map<UsageUnit, BigDecimal> one, Map<UsageUnit, BigDecimal> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        Map<UsageUnit, BigDecimal> greatest = new EnumMap<>(one);
        other.forEach((unit, count) -> greatest.merge(unit, count, BigDecimal::max));
        return Collections.unmodifiableMap(greatest);
    }

    private static boolean isPositive(@Nullable Long count) {
        return count != null && count > 0;
    }

    private static void put(Map<UsageUnit, BigDecimal> usage, UsageUnit unit, @Nullable Long count) {
        if (count != null) {
            put(usage, unit, BigDecimal.valueOf(count));
        }
    }

    private static void put(Map<UsageUnit, BigDecimal> usage, UsageUnit unit, BigDecimal count) {
        usage.merge(unit, count, BigDecimal::max);
        unit.wholes().forEach(whole -> usage.merge(whole, count, BigDecimal::max));
    }
}
