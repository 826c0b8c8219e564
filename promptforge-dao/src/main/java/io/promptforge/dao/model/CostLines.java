package io.promptforge.dao.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Splits the usage of a call into counts that do not overlap, and finds the rate of each. */
final class CostLines {
    private static final UsageUnit[] UNITS = UsageUnit.values();

    private CostLines() {}

    /**
     * The lines of a call. Without a price, a count of a unit that is not {@linkplain UsageUnit#isAlwaysCharged always charged} has no line:
     * it is another measure of what the tokens are charged for.
     */
    static List<CostLine> of(ModelPrices prices, Map<UsageUnit, BigDecimal> usage, ServiceTier tier) {
        long promptTokens =
                usage.getOrDefault(UsageUnit.INPUT_TOKENS, BigDecimal.ZERO).longValue();
        List<CostLine> lines = new ArrayList<>();
        disjoint(usage).forEach((unit, count) -> {
            Optional<Rate> rate = prices.rate(unit, tier, promptTokens);
            if (rate.isPresent() || unit.isAlwaysCharged()) {
                lines.add(new CostLine(unit, count, rate));
            }
        });
        boolean otherMeasureIsPriced =
                lines.stream().anyMatch(line -> !line.unit().isAlwaysCharged() && line.unit() != UsageUnit.REQUESTS);
        if (otherMeasureIsPriced) {
            lines.removeIf(line -> line.unit().isTokens() && line.rate().isEmpty());
        }
        return Collections.unmodifiableList(lines);
    }

    /** Whether a count other than that of requests is above 0. */
    static boolean isUsed(Map<UsageUnit, BigDecimal> usage) {
        return usage.entrySet().stream()
                .anyMatch(entry ->
                        entry.getKey() != UsageUnit.REQUESTS && entry.getValue().signum() > 0);
    }

    /** The counts without their parts, by unit; those above 0. From the smallest parts to the wholes, which stand before them. */
    private static Map<UsageUnit, BigDecimal> disjoint(Map<UsageUnit, BigDecimal> usage) {
        Map<UsageUnit, BigDecimal> disjoint = new EnumMap<>(UsageUnit.class);
        disjoint.putAll(usage);
        for (int i = UNITS.length - 1; i >= 0; i--) {
            BigDecimal own = disjoint.get(UNITS[i]);
            if (own == null || own.signum() <= 0) {
                disjoint.remove(UNITS[i]);
                continue;
            }
            for (UsageUnit whole : UNITS[i].wholes()) {
                disjoint.computeIfPresent(whole, (unit, count) -> count.subtract(own));
            }
        }
        return disjoint;
    }
}
