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

    /**
     * Several measures of one thing, of which one is charged: the first that was counted and has a price of its own. A list that prices
     * images by the token and by the piece tells one price in two ways.
     */
    private static final List<List<UsageUnit>> MEASURES = List.of(
            List.of(UsageUnit.IMAGE_INPUT_TOKENS, UsageUnit.INPUT_IMAGES, UsageUnit.INPUT_PIXELS),
            List.of(UsageUnit.IMAGE_OUTPUT_TOKENS, UsageUnit.OUTPUT_IMAGES, UsageUnit.OUTPUT_PIXELS),
            List.of(UsageUnit.AUDIO_INPUT_TOKENS, UsageUnit.AUDIO_INPUT_SECONDS),
            List.of(UsageUnit.VIDEO_INPUT_TOKENS, UsageUnit.VIDEO_INPUT_SECONDS),
            List.of(UsageUnit.VIDEO_OUTPUT_TOKENS, UsageUnit.VIDEO_OUTPUT_SECONDS));

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
        MEASURES.forEach(measures -> keepOne(measures, lines));
        boolean otherMeasureIsPriced =
                lines.stream().anyMatch(line -> !line.unit().isAlwaysCharged() && line.unit() != UsageUnit.REQUESTS);
        if (otherMeasureIsPriced) {
            lines.removeIf(line -> line.unit().isTokens() && line.rate().isEmpty());
        }
        return Collections.unmodifiableList(lines);
    }

    private static void keepOne(List<UsageUnit> measures, List<CostLine> lines) {
        measures.stream()
                .filter(measure -> lines.stream().anyMatch(line -> isPricedAs(measure, line)))
                .findFirst()
                .ifPresent(charged -> lines.removeIf(line ->
                        measures.stream().anyMatch(measure -> measure != charged && isOf(measure, line.unit()))));
    }

    /** Whether the price of the line is that of the measure or of a part of it, not of a whole that stands in for it. */
    private static boolean isPricedAs(UsageUnit measure, CostLine line) {
        return isOf(measure, line.unit())
                && line.rate().filter(rate -> isOf(measure, rate.unit())).isPresent();
    }

    private static boolean isOf(UsageUnit measure, UsageUnit unit) {
        return unit == measure || unit.wholes().contains(measure);
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
            UsageUnit unit = UNITS[i];
            BigDecimal own = disjoint.getOrDefault(unit, BigDecimal.ZERO);
            if (own.signum() < 0) {
                overlap(unit, own.negate(), disjoint);
            }
            if (own.signum() > 0) {
                unit.wholes().forEach(whole -> disjoint.computeIfPresent(whole, (key, count) -> count.subtract(own)));
            }
        }
        disjoint.values().removeIf(count -> count.signum() <= 0);
        return disjoint;
    }

    /** Parts that exceed their whole overlap: where cached and audio tokens are more than all input, the excess is counted as cached audio. */
    private static void overlap(UsageUnit whole, BigDecimal excess, Map<UsageUnit, BigDecimal> disjoint) {
        BigDecimal left = excess;
        for (UsageUnit common : UNITS) {
            List<UsageUnit> parts = common.wholes().stream()
                    .filter(part -> part.wholes().contains(whole))
                    .toList();
            BigDecimal shared = parts.size() < 2
                    ? BigDecimal.ZERO
                    : parts.stream()
                            .map(part -> disjoint.getOrDefault(part, BigDecimal.ZERO))
                            .reduce(left, BigDecimal::min);
            if (shared.signum() > 0) {
                disjoint.merge(common, shared, BigDecimal::add);
                parts.forEach(part -> disjoint.merge(part, shared.negate(), BigDecimal::add));
                left = left.subtract(shared);
            }
        }
    }
}
